package main

import (
	"context"
	"errors"
	"fmt"

	"mitan/bot"
	"mitan/flows"
)

// mapCmd is `mitan map`.
type mapCmd struct{}

// Run walks all flows and prints their map. What the walk finds amiss is an error.
func (mapCmd) Run(_ context.Context, c *cli) error {
	catalog, err := loadCatalog(c)
	if err != nil {
		return err
	}
	walked := flows.Dialogue(catalog, bot.DefaultUnit()).Explore()
	fmt.Print(walked.Mermaid())
	var problems []error
	for _, finding := range walked.Findings {
		problems = append(problems, errors.New(finding.String()))
	}
	return errors.Join(problems...)
}
