package bench

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// memory is the program's resident memory in MB.
func memory() (float64, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, fmt.Errorf("memory: %w", err)
	}
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "kB")), 64)
			if err != nil {
				return 0, fmt.Errorf("memory: %w", err)
			}
			return kb / 1024, nil
		}
	}
	return 0, errors.New("memory: the system does not say")
}

// PrintJSON prints a result on one line.
func (r Result) PrintJSON(w io.Writer) error {
	return json.NewEncoder(w).Encode(r)
}

// PrintHead prints the first line of the table.
func PrintHead(w io.Writer) error {
	_, err := fmt.Fprintf(w, "%8s %10s %10s %10s %8s %10s %12s\n",
		"at once", "turns/s", "p50", "p99", "RSS", "ceiling", "one row")
	return err
}

// Print prints a result as a line of the table.
func (r Result) Print(w io.Writer) error {
	alone := "-"
	if r.OneRow > 0 {
		alone = fmt.Sprintf("%.2f times", r.OneRow)
	}
	_, err := fmt.Fprintf(w, "%8d %10.0f %7d µs %7d µs %5.0f MB %10.2f %12s\n",
		r.Conc, r.PerSec, r.P50, r.P99, r.RSS, r.Ratio, alone)
	return err
}
