package play_test

import (
	"os"
	"testing"

	"github.com/whowon-bot/whowon/bot/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }
