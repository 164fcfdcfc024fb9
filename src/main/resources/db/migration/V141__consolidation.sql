-- Nodes that were to be emptied: what the policy lets be done in an hour counts them, whoever plans.
create table consolidation (
    id     bigint generated always as identity primary key,
    at     timestamptz      not null,
    node   text collate "C" not null,
    pool   text collate "C" not null,
    pods   integer          not null,
    actor  text collate "C" not null
);
create index consolidation_at on consolidation (at);
