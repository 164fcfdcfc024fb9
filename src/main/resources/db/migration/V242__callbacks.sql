-- Messages to addresses that want to know of jobs' moves, written with the move. Without a reference: the job may be deleted meanwhile.
create table callback_delivery (
    id           bigint generated always as identity primary key,
    job          text collate "C" not null,
    team         text collate "C" not null,
    url          text        not null,
    job_state    text        not null,
    body         text        not null,
    at           timestamptz not null,
    tries        integer     not null default 0,
    -- When to try next; null: delivered, or given up.
    next_at      timestamptz,
    delivered_at timestamptz,
    last_error   text
);
create index callback_delivery_next on callback_delivery (next_at) where next_at is not null;
create index callback_delivery_job on callback_delivery (job, id);
create index callback_delivery_at on callback_delivery (at) where next_at is null;
