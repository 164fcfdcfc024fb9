-- Jobs that come again. What moves by itself stands beside the spec, in the same row: who holds the row decides alone.
create table schedule (
    name       text collate "C" primary key,
    version    bigint           not null check (version > 0),
    spec       jsonb            not null,
    created_at timestamptz      not null,
    updated_at timestamptz      not null,
    team       text collate "C" not null,
    -- The last tick that was decided: none at or before it is looked at again.
    last_tick  timestamptz      not null default 'epoch',
    -- When to look again; null: never.
    look_at    timestamptz,
    -- The end of the last interval that succeeded.
    watermark  timestamptz,
    -- Runs that failed one after the other, up to now.
    failures   integer          not null default 0,
    by_hand    integer          not null default 0,
    paused_at  timestamptz,
    paused_by  text,
    paused_why text
);
create index schedule_look on schedule (look_at) where paused_at is null;
create index schedule_team on schedule (team);

create table backfill (
    schedule     text collate "C" not null references schedule (name) on delete cascade,
    number       integer          not null check (number > 0),
    from_at      timestamptz      not null,
    to_at        timestamptz      not null,
    max_parallel integer          not null check (max_parallel > 0),
    newest_first boolean          not null,
    again        boolean          not null,
    actor        text             not null,
    created_at   timestamptz      not null,
    cancelled_at timestamptz,
    primary key (schedule, number)
);

create table schedule_run (
    id             bigint generated always as identity primary key,
    schedule       text collate "C" not null references schedule (name) on delete cascade,
    tick           timestamptz      not null,
    origin         text collate "C" not null check (origin in ('TICK', 'HAND', 'BACKFILL')),
    number         integer          not null check (number >= 0),
    interval_start timestamptz      not null,
    interval_end   timestamptz      not null check (interval_end > interval_start),
    state          text collate "C" not null check (state in ('WAITING', 'STARTED', 'SUCCEEDED', 'FAILED', 'CANCELLED',
        'SKIPPED', 'REFUSED')),
    -- Without a reference: the job may be deleted, the run stays.
    job            text collate "C" unique,
    made_at        timestamptz      not null,
    started_at     timestamptz,
    ended_at       timestamptz,
    why            text,
    -- No tick runs twice.
    unique (schedule, tick, origin, number),
    check ((job is not null) = (state in ('STARTED', 'SUCCEEDED', 'FAILED', 'CANCELLED')) or state = 'CANCELLED')
);
create index schedule_run_open on schedule_run (schedule, id) where state in ('WAITING', 'STARTED');
create index schedule_run_list on schedule_run (schedule, id desc);
create index schedule_run_calendar on schedule_run (tick, schedule);
