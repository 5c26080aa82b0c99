package inbox

import (
	"slices"

	"mitan/bot"
)

// What to do next in a case, by its kind: keys of words, "step.KEY". A loss
// begins with what stops money; an attempt with what keeps the next one off.
var (
	lossSteps    = []string{"told_1930", "banks_told", "block_account", "portal", "keep_proof"}
	attemptSteps = []string{"keep_proof", "block_thief", "report_chakshu"}
	lastSteps    = []string{"family_told", "call_back"}

	kindSteps = map[string][]string{
		"apk":             {"aeroplane", "uninstall", "change_pin"},
		"call_forwarding": {"forwarding_off", "change_pin"},
		"customer_care":   {"change_pin", "official_number"},
		"digital_arrest":  {"no_arrest", "stay_with", "no_more_money"},
		"electricity":     {"aeroplane", "uninstall", "change_pin", "official_number"},
		"investment":      {"no_more_money", "keep_accounts"},
		"job":             {"no_more_money", "keep_accounts"},
		"kyc":             {"change_pin", "official_number"},
		"loan_app":        {"gently", "no_more_money", "uninstall", "warn_contacts"},
		"lottery":         {"no_more_money"},
		"matrimonial":     {"gently", "no_more_money", "takedown"},
		"money_deposited": {"send_nothing_back", "change_pin"},
		"mule":            {"freeze_own", "send_nothing_back", "fir"},
		"olx_army":        {"no_more_money", "change_pin"},
		"otp":             {"change_pin"},
		"parcel":          {"no_arrest", "no_more_money"},
		"relative":        {"call_relative", "no_more_money"},
		"remote_access":   {"aeroplane", "uninstall", "change_pin"},
		"reward":          {"change_pin"},
		"sextortion":      {"gently", "no_more_money", "takedown", "mind_helpline"},
		"shopping":        {"takedown", "keep_accounts"},
		"sim":             {"sim_check"},
		"sim_swap":        {"sim_check", "change_pin"},
		"tax_refund":      {"change_pin", "official_number"},
		"upi_qr":          {"change_pin"},
		"voice_clone":     {"call_relative", "no_more_money"},
	}
)

// A step is something to do next.
type step struct {
	Key  string
	Done bool
	By   string
	At   string
}

// stepsFor are the keys of what to do next in a case, each once.
func stepsFor(kind string, loss bool) []string {
	first := attemptSteps
	if loss {
		first = lossSteps
	}
	var keys []string
	for _, key := range slices.Concat(kindFirst(kind), first, kindSteps[kind], lastSteps) {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// kindFirst is what comes before all else: kindness, where shame or fear is
// the weapon.
func kindFirst(kind string) []string {
	for _, key := range []string{"gently", "stay_with", "no_arrest"} {
		if slices.Contains(kindSteps[kind], key) {
			return []string{key}
		}
	}
	return nil
}

// stepList are the next steps of a case with what is done, also of what is
// asked for no longer.
func stepList(c bot.Case, done []bot.StepDone) []step {
	var steps []step
	for _, key := range stepsFor(c.Kind, c.MoneyGone) {
		steps = append(steps, step{Key: key})
	}
	for _, d := range done {
		i := slices.IndexFunc(steps, func(s step) bool { return s.Key == d.Step })
		if i < 0 {
			i = len(steps)
			steps = append(steps, step{Key: d.Step})
		}
		steps[i].Done, steps[i].By, steps[i].At = true, plain(d.Name), clock(d.At)
	}
	return steps
}

// isStep tells whether a key is a next step of some kind.
func isStep(key string) bool {
	if slices.Contains(slices.Concat(lossSteps, attemptSteps, lastSteps), key) {
		return true
	}
	for _, keys := range kindSteps {
		if slices.Contains(keys, key) {
			return true
		}
	}
	return false
}
