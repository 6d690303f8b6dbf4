package generate

import (
	"github.com/whowon-bot/whowon/facts"
	"testing"
)

func BenchmarkPool(b *testing.B) {
	c, _ := facts.Load()
	for b.Loop() {
		newPool(c)
	}
}
