package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"mitan/flows/fraud"
	"mitan/locales"
)

// extractCmd is `mitan extract`.
type extractCmd struct {
	Now string `placeholder:"RFC3339" help:"The time at which the message was written, such as 2026-11-22T10:00:00+05:30; the present if left out."`
}

// toldJSON is what `mitan extract` prints: what one message tells. What it does
// not tell is empty.
type toldJSON struct {
	Kind      string        `json:"kind"`
	MoneyGone bool          `json:"money_gone"`
	Legs      []toldLeg     `json:"legs"`
	Suspects  []toldSuspect `json:"suspects"`
	OwnName   string        `json:"own_name"`
	OwnPhone  string        `json:"own_phone"`
	Place     string        `json:"place"`
}

type toldLeg struct {
	Amount json.Number `json:"amount"` // rupees; 0 if not told
	UTR    string      `json:"utr"`
	Bank   string      `json:"bank"`
	When   string      `json:"when"` // 2026-11-23, or 2026-11-23T19:00 where an hour is told; IST
}

type toldSuspect struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

// Run reads one message from the standard input and prints what it tells as JSON.
func (cmd *extractCmd) Run(c *cli) error {
	now := time.Now()
	if cmd.Now != "" {
		at, err := time.Parse(time.RFC3339, cmd.Now)
		if err != nil {
			return fmt.Errorf("--now %q: write a time such as 2026-11-22T10:00:00+05:30", cmd.Now)
		}
		now = at
	}
	catalog, err := loadCatalog(c)
	if err != nil {
		return err
	}
	message, err := io.ReadAll(io.LimitReader(os.Stdin, locales.MaxStory+1))
	if err != nil {
		return fmt.Errorf("read the message: %w", err)
	}
	text := strings.TrimSpace(string(message))
	if text == "" {
		return errors.New("there is no message: write one to the standard input, as in: echo \"…\" | mitan extract")
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(told(catalog, text, now))
}

func told(catalog *locales.Catalog, text string, now time.Time) toldJSON {
	story := catalog.Story(text, now)
	kind, _ := fraud.Match(text)
	all := toldJSON{
		Kind: kind, MoneyGone: story.MoneyGone, OwnName: story.OwnName, OwnPhone: story.OwnPhone, Place: story.Place,
		Legs: []toldLeg{}, Suspects: []toldSuspect{},
	}
	for _, leg := range story.Legs {
		all.Legs = append(all.Legs, toldLeg{Amount: rupees(leg.Paise), UTR: leg.UTR, Bank: leg.Bank, When: leg.Day()})
	}
	for _, id := range story.Suspects {
		all.Suspects = append(all.Suspects, toldSuspect{id.Type, id.Value})
	}
	return all
}

// rupees writes paise as rupees: 25000, or 1500.50.
func rupees(paise int64) json.Number {
	if odd := paise % 100; odd != 0 {
		return json.Number(fmt.Sprintf("%d.%02d", paise/100, odd))
	}
	return json.Number(fmt.Sprint(paise / 100))
}
