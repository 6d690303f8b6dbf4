package discord

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord/gateway"
)

// Shared is what the replicas of a bot share the work by: leases, in a database that all of them reach.
type Shared interface {
	// AcquireLease takes a lease that nobody holds, or renews one's own. While somebody else holds it, it returns
	// bot.ErrConflict.
	AcquireLease(ctx context.Context, name, holder string, life time.Duration) (bot.Lease, error)
	// RenewLeases returns those that are still their holder's.
	RenewLeases(ctx context.Context, life time.Duration, leases ...bot.Lease) ([]bot.Lease, error)
	ReleaseLeases(ctx context.Context, leases ...bot.Lease) error
	// Leases are those that are held, whose name begins with prefix.
	Leases(ctx context.Context, prefix string) ([]bot.Lease, error)
	// SaveHeld is SaveSession by the holder of a shard's lease; it is refused where that is somebody else's by now.
	SaveHeld(ctx context.Context, l bot.Lease, s gateway.Session) error
}

// Names of leases. A replica has one that says that it is there, with the number of shards that it shares with others: 0 of
// one that takes no part in that, because it has fixed shards or receives by HTTP.
const (
	leasePrefix    = "discord/"
	liveLease      = leasePrefix + "live/%d/%s"  // shards, replica
	shardLease     = leasePrefix + "shard/%d/%d" // shards, shard
	identifyLease  = leasePrefix + "identify/%d" // rate limit key
	leaseLife      = 10 * time.Second            // after which a shard of a replica that was killed goes to another
	renewsEvery    = 10                          // parts of 3 of the life: how often a lease is renewed
	looksEvery     = 20                          // parts of the life: how often a replica looks who is there
	looksSoonEvery = 100                         // where it lacks shards, which somebody is about to give it
	marginOf       = 5                           // part of the life by which a holder stops before the others take over
	callPart       = 5                           // part of the life that one call of the database may take
)

// population is who is there, as the leases tell.
type population struct {
	senders int            // replicas that send requests, which are all
	shares  map[string]int // how many shards each of those holds that share them
	taken   map[int]bool   // shards that somebody holds
	others  map[int]bool   // numbers of shards that other replicas share
}

// populationOf reads leases, for a replica that shares so many shards.
func populationOf(leases []bot.Lease, shards int) population {
	pop := population{shares: map[string]int{}, taken: map[int]bool{}, others: map[int]bool{}}
	for _, l := range leases {
		kind, rest, _ := strings.Cut(strings.TrimPrefix(l.Name, leasePrefix), "/")
		number, what, _ := strings.Cut(rest, "/")
		total, err := strconv.Atoi(number)
		if err != nil {
			continue
		}
		switch {
		case kind == "live":
			pop.senders++
			if total > 0 && total != shards {
				pop.others[total] = true
			}
			if total > 0 && total == shards {
				pop.shares[what] += 0
			}
		case kind == "shard" && total == shards:
			if n, err := strconv.Atoi(what); err == nil {
				pop.taken[n] = true
				pop.shares[l.Holder]++
			}
		}
	}
	return pop
}

// target is how many shards a replica is to have: all have as many, or one less. Those who have most have one more, so that
// as few as possible change hands. Whose heartbeat is over counts for as long as it holds shards.
func (pop population) target(id string, shards int) int {
	if _, ok := pop.shares[id]; !ok {
		pop.shares[id] = 0
	}
	before := 0
	for other, n := range pop.shares {
		if n > pop.shares[id] || n == pop.shares[id] && other < id {
			before++
		}
	}
	target := shards / len(pop.shares)
	if before < shards%len(pop.shares) {
		target++
	}
	return target
}

// part is the part of a number of requests a second that each of the replicas has.
func (pop population) part(perSecond int) int { return max(1, perSecond/max(1, pop.senders)) }

// agree decides how many shards there are, among replicas that share them: what is configured, else what those that run have
// begun with, else what Discord advises.
func (pop population) agree(configured, advised int) (int, error) {
	for n := range pop.others {
		if configured == 0 || configured == n {
			return n, nil
		}
		return 0, fmt.Errorf("discord.shards is %d here, and other replicas on this database run with %d: configure all of them "+
			"alike, and to change the number stop all of them first", configured, n)
	}
	if configured > 0 {
		return configured, nil
	}
	return max(1, advised), nil
}
