-- A team's jobs in one state, newest first: without it all of the team's jobs are walked over to find that none is in it.
create index job_team_state on job (team, state, id);
