-- One schema for SQLite and PostgreSQL: TEXT and BIGINT only. Times are microseconds since 1970, 0 is none; "open",
-- "hidden" are 0 or 1. Large columns stand last, so that reading the others does not read them.
--
-- Every index is a page more that an answer writes, so there are few. For the same reason the tables an answer adds to
-- are kept in their primary key by SQLite, for which WITHOUT ROWID is put in place of its comment.

-- +goose Up

CREATE TABLE rounds (
	id       TEXT   NOT NULL PRIMARY KEY,
	platform TEXT   NOT NULL,
	guild    TEXT   NOT NULL,
	channel  TEXT   NOT NULL,
	version  BIGINT NOT NULL,
	open     BIGINT NOT NULL,
	due      BIGINT NOT NULL,
	at       BIGINT NOT NULL,
	value    TEXT   NOT NULL
);
-- An answer changes none of these columns, so it writes to no index. Due rounds are sought among the open ones.
CREATE UNIQUE INDEX rounds_open ON rounds (platform, channel) WHERE open = 1;
CREATE INDEX rounds_finished ON rounds (platform, channel, at) WHERE open = 0;

-- Questions a channel was asked.
CREATE TABLE asked (
	platform TEXT   NOT NULL,
	guild    TEXT   NOT NULL,
	channel  TEXT   NOT NULL,
	question TEXT   NOT NULL,
	at       BIGINT NOT NULL,
	PRIMARY KEY (platform, channel, question)
);

-- The ledger: rows are added, never changed.
CREATE TABLE scores (
	key         TEXT   NOT NULL PRIMARY KEY,
	platform    TEXT   NOT NULL,
	guild       TEXT   NOT NULL,
	channel     TEXT   NOT NULL,
	round       TEXT   NOT NULL,
	question    BIGINT NOT NULL,
	question_id TEXT   NOT NULL,
	player      TEXT   NOT NULL,
	name        TEXT   NOT NULL,
	category    TEXT   NOT NULL,
	points      BIGINT NOT NULL,
	correct     BIGINT NOT NULL,
	reason      TEXT   NOT NULL,
	at          BIGINT NOT NULL
) /* WITHOUT ROWID */;
-- A board is read from this index alone.
CREATE INDEX scores_board ON scores (platform, guild, player, at, category, points, correct);
CREATE INDEX scores_reset ON scores (platform, guild, at) WHERE reason = 'reset';

CREATE TABLE players (
	platform TEXT   NOT NULL,
	player   TEXT   NOT NULL,
	hidden   BIGINT NOT NULL,
	PRIMARY KEY (platform, player)
);

-- Judged answers; number orders those of a round.
CREATE TABLE attempts (
	round    TEXT   NOT NULL,
	number   BIGINT NOT NULL,
	platform TEXT   NOT NULL,
	guild    TEXT   NOT NULL,
	question BIGINT NOT NULL,
	player   TEXT   NOT NULL,
	name     TEXT   NOT NULL,
	typed    TEXT   NOT NULL,
	folded   TEXT   NOT NULL,
	choice   BIGINT NOT NULL,
	verdict  TEXT   NOT NULL,
	at       BIGINT NOT NULL,
	PRIMARY KEY (round, number)
) /* WITHOUT ROWID */;

-- What is to be shown, and was; number orders those committed at the same time.
CREATE TABLE effects (
	key      TEXT   NOT NULL PRIMARY KEY,
	number   BIGINT NOT NULL,
	platform TEXT   NOT NULL,
	guild    TEXT   NOT NULL,
	channel  TEXT   NOT NULL,
	kind     TEXT   NOT NULL,
	state    TEXT   NOT NULL,
	ref      TEXT   NOT NULL,
	at       BIGINT NOT NULL,
	taken    BIGINT NOT NULL,
	payload  TEXT   NOT NULL
) /* WITHOUT ROWID */;
CREATE INDEX effects_pending ON effects (platform, at, number) WHERE state IN ('new', 'sending');

CREATE TABLE appeals (
	id          TEXT   NOT NULL PRIMARY KEY,
	platform    TEXT   NOT NULL,
	guild       TEXT   NOT NULL,
	channel     TEXT   NOT NULL,
	round       TEXT   NOT NULL,
	question    BIGINT NOT NULL,
	question_id TEXT   NOT NULL,
	answer      TEXT   NOT NULL,
	typed       TEXT   NOT NULL,
	folded      TEXT   NOT NULL,
	player      TEXT   NOT NULL,
	state       TEXT   NOT NULL,
	at          BIGINT NOT NULL,
	decided_by  TEXT   NOT NULL,
	decided_at  BIGINT NOT NULL,
	UNIQUE (round, question, folded)
);
CREATE INDEX appeals_guild ON appeals (platform, guild, at);

-- Spellings a guild has accepted.
CREATE TABLE aliases (
	platform TEXT   NOT NULL,
	guild    TEXT   NOT NULL,
	answer   TEXT   NOT NULL,
	folded   TEXT   NOT NULL,
	alias    TEXT   NOT NULL,
	player   TEXT   NOT NULL,
	at       BIGINT NOT NULL,
	PRIMARY KEY (platform, guild, answer, folded)
);

-- Channel '' is the whole guild.
CREATE TABLE settings (
	platform TEXT NOT NULL,
	guild    TEXT NOT NULL,
	channel  TEXT NOT NULL,
	key      TEXT NOT NULL,
	value    TEXT NOT NULL,
	PRIMARY KEY (platform, guild, channel, key)
);

-- +goose Down

DROP TABLE settings;
DROP TABLE aliases;
DROP TABLE appeals;
DROP TABLE effects;
DROP TABLE attempts;
DROP TABLE players;
DROP TABLE scores;
DROP TABLE asked;
DROP TABLE rounds;
