-- What several replicas on one database agree by. As in 00001: TEXT and BIGINT only, times in microseconds.

-- +goose Up

-- The oldest schema version whose program can work with this schema; README.md tells who changes it. There is one row.
CREATE TABLE schema_compat (
	min_version BIGINT NOT NULL
);
INSERT INTO schema_compat (min_version) VALUES (2);

-- Who may do something until when, by the database's clock. There are a few rows for each replica and shard.
CREATE TABLE leases (
	name   TEXT   NOT NULL PRIMARY KEY,
	holder TEXT   NOT NULL,
	term   BIGINT NOT NULL,
	until  BIGINT NOT NULL
);

-- Deliveries that a replica has begun to handle, so that no other handles them again.
CREATE TABLE deliveries (
	id TEXT   NOT NULL PRIMARY KEY,
	at BIGINT NOT NULL
) /* WITHOUT ROWID */;
CREATE INDEX deliveries_at ON deliveries (at);

-- +goose Down

DROP TABLE deliveries;
DROP TABLE leases;
DROP TABLE schema_compat;
