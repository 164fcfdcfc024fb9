-- What operators tune, in revisions that never change; the highest is in force.
create table policy (
    revision bigint primary key check (revision > 0),
    "values" jsonb                not null,
    actor    text collate "C"     not null,
    why      text                 not null check (why <> ''),
    at       timestamptz          not null
);

-- Where the planner plans and nobody acts: a queue with everything below it, or with the empty name the whole cluster.
create table pause (
    queue text collate "C" primary key,
    actor text collate "C" not null,
    why   text             not null,
    since timestamptz      not null
);
