-- Evictions are rare among events, and asked for by day and team.
create index event_evicted on event (at desc, id desc)
    where type = 'ATTEMPT_MOVED' and "to" = 'RELEASING'
        and why ->> 'code' in ('PREEMPTED', 'RECLAIMED', 'CAPABILITY_CUT', 'CONSOLIDATED');
