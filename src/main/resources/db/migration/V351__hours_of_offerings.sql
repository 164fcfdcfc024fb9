-- How each offering did, hour by hour: nodes that came when they were asked for, that did not, that were taken back; how long its nodes were
-- there; how long its breaker stood open, and half open. The leader adds to the hour that goes on; hours older than the history is kept go.
create table offering_hour (
    offering          text collate "C" not null,
    hour              timestamptz      not null,
    came              integer          not null,
    failed            integer          not null,
    lost              integer          not null,
    node_seconds      bigint           not null,
    open_seconds      bigint           not null,
    half_open_seconds bigint           not null,
    primary key (offering, hour)
);
create index offering_hour_hour on offering_hour (hour);
