package bot

import "slices"

// Metric is something that is measured: a row of the catalogue, which describes it.
type Metric int

// What is measured as it happens.
const (
	MetricEvents Metric = iota
	MetricAckSeconds
	MetricHandlingSeconds
	MetricFaults
	MetricVerdicts
	MetricRoundsStarted
	MetricRoundsFinished
	MetricPostsDue
	MetricPosts
	MetricPostRetries
	MetricPostLateSeconds
	MetricDatabaseSeconds
	MetricDatabaseErrors

	// What is read when somebody asks.

	MetricReady
	MetricBuildInfo
	MetricFactsTime
	MetricLanesBusy
	MetricLanesWaiting
	MetricRoundsOpen
	MetricOutboxDepth
	MetricOutboxAge
	MetricGatewayConnected
	MetricGatewayLatency
	MetricGatewayResumes
	MetricGatewayIdentifies
	MetricGatewayZombies
	MetricGatewayMalformed
	MetricIdentifiesLeft
	MetricSocketsOpen
	MetricSocketRetries
	MetricRequestsWaiting
	MetricRateLimited
	MetricInvalidRequests
	MetricPoolInUse
	MetricPoolLimit
	MetricPoolWaits
	MetricPoolWaitSeconds

	metrics // how many there are
)

// MetricKind is how the values of a metric follow from what happens.
type MetricKind string

// The kinds of metrics.
const (
	Counter   MetricKind = "counter"   // it only grows, from 0 at the start of the program
	Gauge     MetricKind = "gauge"     // it goes up and down
	Histogram MetricKind = "histogram" // how many values were at most so large, for each of the buckets
)

// MetricInfo describes a metric.
type MetricInfo struct {
	Name    string // as Prometheus would have it, with its unit
	Kind    MetricKind
	Help    string    // in a sentence
	Labels  []string  // their names
	Buckets []float64 // of a histogram: the upper bounds, in the unit of the metric
	Read    bool      // its value is read when somebody asks; it is nothing that a Meter is told
}

// Metrics is the catalogue: what each metric is, by its number.
func Metrics() []MetricInfo {
	all := slices.Concat(eventMetrics(), postMetrics(), stateMetrics(), connectionMetrics(), databaseMetrics())
	list := make([]MetricInfo, metrics)
	for _, row := range all {
		list[row.m] = row.MetricInfo
	}
	return list
}

type metricRow struct {
	m Metric
	MetricInfo
}

func told(m Metric, kind MetricKind, name, help string, labels ...string) metricRow {
	return metricRow{m, MetricInfo{Name: name, Kind: kind, Help: help, Labels: labels}}
}

func read(m Metric, kind MetricKind, name, help string, labels ...string) metricRow {
	return metricRow{m, MetricInfo{Name: name, Kind: kind, Help: help, Labels: labels, Read: true}}
}

func (r metricRow) buckets(bounds ...float64) metricRow {
	r.Buckets = bounds
	return r
}

func eventMetrics() []metricRow {
	return []metricRow{
		told(MetricEvents, Counter, "whowon_events_total", "What users did that reached the bot, by what became of it: "+
			"taken, duplicate (delivered before), busy (too much waits in its channel).", "platform", "kind", "outcome"),
		told(MetricAckSeconds, Histogram, "whowon_ack_seconds", "Time from the arrival of an interaction until its first "+
			"response was written. Discord and Slack wait for 3 seconds.", "platform").
			buckets(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 5),
		told(MetricHandlingSeconds, Histogram, "whowon_handling_seconds", "Time from the arrival of something until all that "+
			"it asked for was done and shown.", "command").
			buckets(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
		told(MetricFaults, Counter, "whowon_faults_total", "Errors and panics by where: handling (the user was told so), "+
			"sending (no answer was shown), background, receiving.", "platform", "where"),
		told(MetricVerdicts, Counter, "whowon_verdicts_total", "Answers to questions: correct, close, wrong, late.",
			"platform", "verdict"),
		told(MetricRoundsStarted, Counter, "whowon_rounds_started_total", "Rounds that asked their first question.", "platform"),
		told(MetricRoundsFinished, Counter, "whowon_rounds_finished_total", "Rounds that ended, by why.", "platform", "reason"),
	}
}

func postMetrics() []metricRow {
	return []metricRow{
		told(MetricPostsDue, Counter, "whowon_posts_due_total", "Posts whose time had come and that were to be sent.", "platform"),
		told(MetricPosts, Counter, "whowon_posts_total", "Posts that have ended, by how: posted, missed (it was too late), "+
			"refused (the platform does not allow it), unknown (nobody can tell), dropped (there was nothing to show).",
			"platform", "outcome"),
		told(MetricPostRetries, Counter, "whowon_post_retries_total", "Attempts to show a post that failed and are repeated.",
			"platform"),
		told(MetricPostLateSeconds, Histogram, "whowon_post_late_seconds", "Time from when a post was due until it was shown.",
			"platform").buckets(1, 2, 5, 10, 30, 60, 120, 300, 900, 3600),
		read(MetricOutboxDepth, Gauge, "whowon_outbox_posts", "Posts that are due and have not ended yet, of all replicas.",
			"platform"),
		read(MetricOutboxAge, Gauge, "whowon_outbox_age_seconds", "For how long the oldest post that has not ended has been due, "+
			"of all replicas; 0 when there is none.", "platform"),
	}
}

func stateMetrics() []metricRow {
	return []metricRow{
		read(MetricReady, Gauge, "whowon_ready", "1 while /readyz says that the bot can do its work, else 0."),
		read(MetricBuildInfo, Gauge, "whowon_build_info", "Always 1; the labels say which program runs.", "version", "go_version"),
		read(MetricFactsTime, Gauge, "whowon_facts_timestamp_seconds", "The date up to which the facts go, as Unix time."),
		read(MetricLanesBusy, Gauge, "whowon_lanes_busy", "Channels in which something is being done."),
		read(MetricLanesWaiting, Gauge, "whowon_lanes_waiting", "Jobs that wait for others of their channel."),
		read(MetricRoundsOpen, Gauge, "whowon_rounds_open", "Rounds that this program plays.", "platform"),
	}
}

func connectionMetrics() []metricRow {
	return []metricRow{
		read(MetricGatewayConnected, Gauge, "whowon_gateway_connected", "1 while a shard receives events of Discord, else 0.",
			"shard"),
		read(MetricGatewayLatency, Gauge, "whowon_gateway_latency_seconds", "Time between the last heartbeat of a shard and its "+
			"acknowledgement.", "shard"),
		read(MetricGatewayResumes, Counter, "whowon_gateway_resumes_total", "Connections that went on with their session.",
			"shard"),
		read(MetricGatewayIdentifies, Counter, "whowon_gateway_identifies_total", "IDENTIFYs sent, each a new session.", "shard"),
		read(MetricGatewayZombies, Counter, "whowon_gateway_zombies_total", "Connections that were given up because Discord did "+
			"not acknowledge a heartbeat.", "shard"),
		read(MetricGatewayMalformed, Counter, "whowon_gateway_malformed_total", "Frames that made no sense and were dropped.",
			"shard"),
		read(MetricIdentifiesLeft, Gauge, "whowon_gateway_identifies_left", "IDENTIFYs that may still be sent in this day. With "+
			"all of them used Discord resets the bot's token, so the last ten stay unused."),
		read(MetricSocketsOpen, Gauge, "whowon_slack_connections", "Connections of Socket Mode that receive."),
		read(MetricSocketRetries, Counter, "whowon_slack_retries_total", "Envelopes that Slack delivered again, since it saw no "+
			"acknowledgement."),
		read(MetricRequestsWaiting, Gauge, "whowon_requests_waiting", "Requests to the platform that wait for their turn.",
			"platform"),
		read(MetricRateLimited, Counter, "whowon_rate_limited_total", "Requests that the platform answered with 429.", "platform"),
		read(MetricInvalidRequests, Gauge, "whowon_discord_invalid_requests", "Requests of the last ten minutes that Discord "+
			"answered with 401, 403 or 429. From 1000 on nothing is sent for a while; at 10000 Discord bans the address."),
	}
}

func databaseMetrics() []metricRow {
	return []metricRow{
		told(MetricDatabaseSeconds, Histogram, "whowon_database_seconds", "Time that reads and writes took, waiting for a "+
			"connection included.", "operation").
			buckets(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
		told(MetricDatabaseErrors, Counter, "whowon_database_errors_total", "Reads and writes that failed.", "operation"),
		read(MetricPoolInUse, Gauge, "whowon_database_connections_in_use", "Connections to the database in use.", "pool"),
		read(MetricPoolLimit, Gauge, "whowon_database_connections_limit", "Connections to the database, at most.", "pool"),
		read(MetricPoolWaits, Counter, "whowon_database_waits_total", "How often somebody waited for a connection.", "pool"),
		read(MetricPoolWaitSeconds, Counter, "whowon_database_wait_seconds_total", "For how long connections were waited for.",
			"pool"),
	}
}
