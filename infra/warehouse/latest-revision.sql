-- Each conversation once, as its highest revision says it: of its lives the last, of that life the last revision.
-- Early and partial records give way to the final one, and that to a late one; what SNS delivered twice is there once.
-- Athena (Trino) runs it over the table of the warehouse, the tests over the same rows in SQLite: only what both understand.
SELECT
  layout,
  conversationid,
  orgid,
  life,
  revision,
  pane,
  status,
  supersedes,
  changed,
  contenthash,
  missing,
  anomalies,
  producedby,
  mediatype,
  direction,
  startedat,
  endedat,
  durationms,
  finalstatus,
  eventcount,
  lifecycle,
  states,
  participants,
  sessions,
  queueids,
  skillids,
  agentids,
  wrapupcodes,
  flowids,
  campaignid,
  attributes,
  externalcontactids,
  caller,
  callee,
  metrics,
  corrections,
  attached,
  lifecycleomitted,
  omitted,
  dt,
  earlierlives
FROM (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY conversationid ORDER BY life DESC, revision DESC, dt) AS place,
    -- A conversation that came back after retention has a life that knows nothing of the ones before.
    DENSE_RANK() OVER (PARTITION BY conversationid ORDER BY life) - 1 AS earlierlives
  FROM records
  -- An empty line between two records is a row without anything.
  WHERE conversationid IS NOT NULL
)
WHERE place = 1
