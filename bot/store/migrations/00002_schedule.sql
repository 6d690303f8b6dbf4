-- What is posted on its own. As in 00001: TEXT and BIGINT only, times in microseconds with 0 for none; "paused", "deleted",
-- "open", "revealed", "correct" are 0 or 1.
--
-- What is done is far more than what is to be done, so the indexes that are looked into all the time are of the latter
-- alone. Those of what is done are for its removal.

-- +goose Up

-- A row that is deleted stays, without its value, so that its number is not given again.
CREATE TABLE subscriptions (
	id       TEXT   NOT NULL PRIMARY KEY,
	platform TEXT   NOT NULL,
	guild    TEXT   NOT NULL,
	number   BIGINT NOT NULL,
	channel  TEXT   NOT NULL,
	kind     TEXT   NOT NULL,
	version  BIGINT NOT NULL,
	next     BIGINT NOT NULL,
	paused   BIGINT NOT NULL,
	deleted  BIGINT NOT NULL,
	value    TEXT   NOT NULL
);
CREATE UNIQUE INDEX subscriptions_number ON subscriptions (platform, guild, number);
CREATE INDEX subscriptions_due ON subscriptions (platform, next, id) WHERE next > 0 AND paused = 0 AND deleted = 0;

-- The primary key is what keeps a post from being doubled.
CREATE TABLE occurrences (
	subscription TEXT   NOT NULL,
	day          TEXT   NOT NULL,
	what         TEXT   NOT NULL,
	platform     TEXT   NOT NULL,
	guild        TEXT   NOT NULL,
	channel      TEXT   NOT NULL,
	due          BIGINT NOT NULL,
	state        TEXT   NOT NULL,
	taken        BIGINT NOT NULL,
	tried        BIGINT NOT NULL,
	tries        BIGINT NOT NULL,
	ref          TEXT   NOT NULL,
	lead         TEXT   NOT NULL,
	why          TEXT   NOT NULL,
	at           BIGINT NOT NULL,
	PRIMARY KEY (subscription, day, what)
) /* WITHOUT ROWID */;
CREATE INDEX occurrences_pending ON occurrences (platform, due, subscription, day, what) WHERE state IN ('new', 'sending');
CREATE INDEX occurrences_done ON occurrences (due) WHERE state NOT IN ('new', 'sending');

-- Questions that are answered in private.
CREATE TABLE dailies (
	id           TEXT   NOT NULL PRIMARY KEY,
	platform     TEXT   NOT NULL,
	guild        TEXT   NOT NULL,
	channel      TEXT   NOT NULL,
	subscription TEXT   NOT NULL,
	day          TEXT   NOT NULL,
	number       BIGINT NOT NULL,
	question_id  TEXT   NOT NULL,
	open         BIGINT NOT NULL,
	closes       BIGINT NOT NULL,
	reveals      TEXT   NOT NULL,
	revealed     BIGINT NOT NULL,
	at           BIGINT NOT NULL,
	question     TEXT   NOT NULL
);
CREATE UNIQUE INDEX dailies_number ON dailies (subscription, number);
CREATE INDEX dailies_due ON dailies (platform, closes, id) WHERE revealed = 0;
CREATE INDEX dailies_done ON dailies (closes) WHERE revealed = 1;

-- The last answer of each player to a question of dailies.
CREATE TABLE picks (
	daily    TEXT   NOT NULL,
	player   TEXT   NOT NULL,
	platform TEXT   NOT NULL,
	guild    TEXT   NOT NULL,
	name     TEXT   NOT NULL,
	choice   BIGINT NOT NULL,
	correct  BIGINT NOT NULL,
	streak   BIGINT NOT NULL,
	at       BIGINT NOT NULL,
	PRIMARY KEY (daily, player)
) /* WITHOUT ROWID */;

-- +goose Down

DROP TABLE picks;
DROP TABLE dailies;
DROP TABLE occurrences;
DROP TABLE subscriptions;
