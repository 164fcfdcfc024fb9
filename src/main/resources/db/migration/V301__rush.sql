-- Jobs that were submitted with a class that evicts others, by teams whose rush is counted; kept for the longest window.
create table rush_use (
    team  text collate "C" not null,
    actor text             not null,
    job   text collate "C" not null,
    at    timestamptz      not null
);
create index rush_use_team on rush_use (team, at);
