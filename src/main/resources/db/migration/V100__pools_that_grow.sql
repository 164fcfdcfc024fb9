-- For which nodes that are not there yet an attempt has permits.
alter table attempt add column permits jsonb not null default '[]';

-- How it went with an offering of late, and its breaker; written by the leader.
create table offering_state (
    offering text collate "C" primary key,
    record jsonb not null,
    breaker jsonb not null,
    at timestamptz not null
);

-- What an operator wants of an offering: OPEN or DRAIN stand until CLOSE takes them back.
create table offering_order (
    offering text collate "C" primary key,
    word text not null,
    actor text not null,
    why text not null,
    at timestamptz not null
);
