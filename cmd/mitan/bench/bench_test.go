package bench

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

func TestRunPrintsALineThatParses(t *testing.T) {
	dir := t.TempDir()
	r, err := Run(t.Context(), Options{Data: dir, Conc: 1, Residents: 20, Messages: 500, Time: time.Second})
	require.NoError(t, err)
	var out strings.Builder
	require.NoError(t, r.PrintJSON(&out))
	assert.Equal(t, 1, strings.Count(out.String(), "\n"))
	var line map[string]any
	require.NoError(t, json.Unmarshal([]byte(out.String()), &line))
	assert.Equal(t, "mitan", line["peer"])
	assert.Equal(t, true, line["durable"])
	assert.EqualValues(t, 1, line["conc"])
	for _, measured := range []string{"steps_per_s", "p50_us", "p99_us", "rss_mb", "ceiling_ratio", "one_row_ratio"} {
		assert.Greater(t, line[measured], 0.0, measured)
	}
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Empty(t, left, "nothing stays in the folder")
}

// What is measured is what residents do: each report ends in a filed case, and
// none of its answers is a miss.
func TestReportsAreFiled(t *testing.T) {
	o := Options{Conc: 4, Residents: 8, Rounds: 2, Time: time.Hour}
	s, err := prepare(t.Context(), t.TempDir(), o)
	require.NoError(t, err)
	defer s.Close() //nolint:errcheck // the folder goes with it
	l, err := lead(t.Context(), s, o)
	require.NoError(t, err)
	assert.Len(t, l.took, o.Residents*2*len(report))
	for resident := range o.Residents {
		cases, err := s.CasesOf(t.Context(), int64(resident+1))
		require.NoError(t, err)
		require.Len(t, cases, 2)
		for _, c := range cases {
			assert.Equal(t, bot.Filed, c.State)
			assert.Len(t, c.Legs, 1)
			assert.NotEmpty(t, c.Reporter.Name, "the residents gave their names before")
		}
	}
}

func TestBadOptions(t *testing.T) {
	for _, o := range []Options{
		{Conc: 0, Residents: 10, Time: time.Second},
		{Conc: 11, Residents: 10, Time: time.Second},
		{Conc: 1, Residents: 10, Messages: -1, Time: time.Second},
		{Conc: 1, Residents: 10},
	} {
		_, err := Run(t.Context(), o)
		require.ErrorContains(t, err, "bench:", "%+v", o)
	}
}

// BenchmarkReport measures as `mitan bench` does, for a profile:
//
//	go test -run '^$' -bench Report/256 -benchtime 1x -cpuprofile cpu.out ./cmd/mitan/bench
func BenchmarkReport(b *testing.B) {
	for _, conc := range []int{1, 256} {
		b.Run(fmt.Sprint(conc), func(b *testing.B) {
			for b.Loop() {
				r, err := Run(b.Context(), Options{Data: b.TempDir(), Conc: conc, Residents: 10_000, Time: 3 * time.Second})
				require.NoError(b, err)
				b.ReportMetric(r.PerSec, "turns/s")
				b.ReportMetric(r.Ratio, "of-ceiling")
			}
		})
	}
}
