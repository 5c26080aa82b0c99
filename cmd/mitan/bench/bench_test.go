package bench

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// BenchmarkReport measures as `mitan bench` does, for a profile:
//
//	go test -run '^$' -bench Report/256 -benchtime 1x -cpuprofile cpu.out ./cmd/mitan/bench
func BenchmarkReport(b *testing.B) {
	for _, conc := range []int{1, 256} {
		b.Run(map[int]string{1: "1", 256: "256"}[conc], func(b *testing.B) {
			for b.Loop() {
				r, err := Run(b.Context(), Options{Data: b.TempDir(), Conc: conc, Residents: 10_000, Time: 3 * time.Second})
				require.NoError(b, err)
				b.ReportMetric(r.PerSec, "turns/s")
				b.ReportMetric(r.Ratio, "of-ceiling")
			}
		})
	}
}
