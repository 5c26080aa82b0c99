package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"mitan/cmd/mitan/bench"
)

// benchTable are the turns at a time that are measured when none is asked for.
var benchTable = []int{1, 16, 256, 4096}

// benchCmd is `mitan bench`.
type benchCmd struct {
	Turns benchTurnsCmd `cmd:"" default:"withargs" help:"Turns of residents, beside what the disk allows."`
	Inbox benchInboxCmd `cmd:"" help:"The officers' inbox, beside a handler that only writes the same bytes."`
}

// benchInboxCmd is `mitan bench inbox`.
type benchInboxCmd struct {
	Data      string  `placeholder:"DIR" type:"existingdir" help:"A folder on the disk to measure; nothing stays in it. Default: the system's temporary folder."`
	JSON      bool    `name:"json" help:"Print one line of JSON."`
	Tabs      int     `default:"200" placeholder:"N" help:"Open pages of officers."`
	Residents int     `default:"100000" placeholder:"N" help:"Conversations."`
	Messages  int     `default:"1000000" placeholder:"N" help:"Messages in the log before."`
	PerSecond float64 `default:"50" placeholder:"N" help:"Turns of residents a second meanwhile."`
	Secs      float64 `default:"20" placeholder:"S" help:"Seconds of the measurement."`
}

// Run measures and prints.
func (cmd *benchInboxCmd) Run(ctx context.Context) error {
	result, err := bench.Inbox(ctx, bench.InboxOptions{
		Data: cmd.Data, Tabs: cmd.Tabs, Residents: cmd.Residents, Messages: cmd.Messages, PerSecond: cmd.PerSecond,
		Time: time.Duration(cmd.Secs * float64(time.Second)),
	})
	if err != nil {
		return err
	}
	if cmd.JSON {
		return json.NewEncoder(os.Stdout).Encode(result)
	}
	return result.Print(os.Stdout)
}

// benchTurnsCmd is `mitan bench turns`, or `mitan bench` alone.
type benchTurnsCmd struct {
	Data      string  `placeholder:"DIR" type:"existingdir" help:"A folder on the disk to measure; nothing stays in it. Default: the system's temporary folder."`
	JSON      bool    `name:"json" help:"Print one line of JSON for each measurement."`
	Conc      int     `placeholder:"N" help:"Turns at a time. Without it: 1, 16, 256 and 4096."`
	Residents int     `default:"10000" placeholder:"N" help:"Residents who write."`
	Messages  int     `placeholder:"N" help:"Messages that are in the log before, spread over the residents."`
	Secs      float64 `default:"5" placeholder:"S" help:"Seconds a measurement."`
}

// Run measures and prints.
func (cmd *benchTurnsCmd) Run(ctx context.Context) error {
	table := benchTable
	if cmd.Conc != 0 {
		table = []int{cmd.Conc}
	}
	if !cmd.JSON {
		fmt.Println("Turns of a whole report, each on the disk before it is acked. Ceiling: as a part of what a bare")
		fmt.Println("loop writes of the same rows. One row: the median turn's time to that of a commit of one row.")
		if err := bench.PrintHead(os.Stdout); err != nil {
			return err
		}
	}
	for _, conc := range table {
		result, err := bench.Run(ctx, bench.Options{
			Data: cmd.Data, Conc: conc, Residents: cmd.Residents, Messages: cmd.Messages,
			Time: time.Duration(cmd.Secs * float64(time.Second)),
		})
		if err != nil {
			return err
		}
		show := result.Print
		if cmd.JSON {
			show = result.PrintJSON
		}
		if err := show(os.Stdout); err != nil {
			return err
		}
	}
	return nil
}
