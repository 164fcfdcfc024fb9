-- Runs at every start. A database that was dumped on one server and restored on another may hold events whose transactions are in the
-- future of the new one: the feed would hide them, and mix them with new ones later. They become events of now, in the order of their
-- ids. On the server that wrote them there are none such, and the key tells so at once.
update event set txid = default where txid >= pg_snapshot_xmax(pg_current_snapshot());
