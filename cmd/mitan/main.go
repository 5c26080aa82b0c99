// Command mitan is a police helpline against cyber fraud: it walks residents
// through Hindi and English menus and gives officers an inbox.
//
// Here are flags and wiring only. Start reading at flows for what is said, at
// bot for how it runs.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"
)

// version is set by the linker in releases.
var version = "dev"

// cli is the command line.
type cli struct {
	Locales string `placeholder:"DIR" type:"existingdir" help:"A folder with hi/ and en/ whose texts and keywords replace built-in ones."`

	Demo    demoCmd    `cmd:"" help:"Try it all with invented residents: a phone page and the officers' inbox. Leaves nothing behind."`
	Chat    chatCmd    `cmd:"" help:"Talk to the helpline in the terminal; with a pipe, each line is a message."`
	Serve   serveCmd   `cmd:"" help:"Run the helpline: the officers' inbox and the channels."`
	Link    linkCmd    `cmd:"" help:"Link the helpline's WhatsApp number, by a QR code or a pairing code."`
	Officer officerCmd `cmd:"" help:"Add officers, reset their passwords, list them."`
	Export  exportCmd  `cmd:"" help:"Print records as a JSON array."`
	Check   checkCmd   `cmd:"" help:"Judge a message on standard input, or each of a table's column 'text'."`
	Extract extractCmd `cmd:"" help:"Read a message that tells a whole story, and print what it tells as JSON."`
	Verify  verifyCmd  `cmd:"" help:"Check that nothing was changed since it was written."`
	Intents intentsCmd `cmd:"" help:"Say what each line of a text is read as: a command, an answer, or none."`
	Map     mapCmd     `cmd:"" help:"Draw the map of the talk, as Mermaid."`
	Bench   benchCmd   `cmd:"" help:"Measure turns against what the disk allows."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

func main() {
	// A call into SQLite gives its processor up when it takes long, and has to
	// wait for one when it returns. With as many again the one writer does not
	// wait behind all who compute: up to 1.5 times the turns a second.
	runtime.GOMAXPROCS(2 * runtime.GOMAXPROCS(0))
	// The heap is small, some 20 MB: it need not be searched for garbage each
	// time that it has doubled.
	debug.SetGCPercent(400)

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	signal.Ignore(syscall.SIGPIPE) // a reader that goes away is an error like another: what is temporary is removed
	var c cli
	parsed := kong.Parse(&c,
		kong.Name("mitan"),
		kong.Description("Cyber Mitan: a police helpline against cyber fraud."),
		kong.UsageOnError(),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(&c))
	if err := parsed.Run(); err != nil {
		stopped := ctx.Err() != nil && errors.Is(err, context.Canceled)
		if !stopped && !errors.Is(err, syscall.EPIPE) {
			fmt.Fprintln(os.Stderr, "mitan:", err)
		}
		stop()
		os.Exit(1)
	}
}

// versionCmd is `mitan version`.
type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run() error {
	_, err := fmt.Println("mitan", version)
	return err
}
