-- Since when a queue has held more than its capability: after how long its jobs give way is the policy's.
create table queue_above (
    queue text collate "C" primary key,
    since timestamptz not null
);

-- Limits on launches of the last minute count those that have ended too.
create index attempt_created on attempt (created_at);
