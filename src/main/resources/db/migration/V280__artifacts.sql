-- Files that jobs bring along, by team and by the hash of their content: whoever knows a hash has not yet the content of another team.
create table artifact (
    team         text collate "C" not null references team (name) on delete cascade,
    sha256       text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
    name         text        not null,
    bytes        bigint      not null check (bytes >= 0),
    uploaded_by  text        not null,
    uploaded_at  timestamptz not null,
    last_used_at timestamptz not null,
    primary key (team, sha256)
);
create index artifact_last_used on artifact (last_used_at);

-- In pieces, so that neither the service nor the database ever holds a whole one in memory.
create table artifact_piece (
    team    text collate "C" not null,
    sha256  text collate "C" not null,
    number  integer not null,
    content bytea   not null,
    primary key (team, sha256, number),
    foreign key (team, sha256) references artifact (team, sha256) on delete cascade
);
-- Jars are compressed already.
alter table artifact_piece alter column content set storage external;

-- Which jobs name which; the artifact of a job that ended may be gone.
create table job_artifact (
    job    text collate "C" not null references job (id) on delete cascade,
    team   text collate "C" not null,
    sha256 text collate "C" not null,
    primary key (job, sha256)
);
create index job_artifact_content on job_artifact (team, sha256);
