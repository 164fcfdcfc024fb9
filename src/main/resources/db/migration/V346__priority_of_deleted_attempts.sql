-- Usage by priority class also knows what jobs that were deleted held; of those deleted before nobody knows their class.
alter table deleted_attempt add column priority_class text collate "C";
