-- What jobs of a team have in common. The name is the team's, a slash, and its own.
create table template (
    name       text collate "C" primary key,
    version    bigint      not null check (version > 0),
    spec       jsonb       not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    team       text collate "C" not null
);
create index template_team on template (team, name);

-- Revisions never change, and outlive their template: jobs name them.
create table template_revision (
    name     text collate "C" not null,
    revision bigint           not null check (revision > 0),
    spec     jsonb            not null,
    actor    text             not null,
    at       timestamptz      not null,
    primary key (name, revision, at)
);
