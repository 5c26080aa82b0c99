package inbox

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"mitan/bot"
	"mitan/locales"
)

// auditExport is the action of the audit for a list that was taken along.
const auditExport = "export"

// exportPage is how many cases an export reads at a time.
const exportPage = 500

// exportColumns are the columns of a list, keys of words: "column.KEY".
var exportColumns = []string{
	"number", "state", "kind", "loss", "amount", "legs", "utrs", "banks", "reporter", "reporter_phone",
	"victim", "victim_phone", "thana", "suspects", "opened", "filed",
}

// amountColumn is the place of the one column that holds numbers to reckon with.
const amountColumn = 4

// A sheet takes the rows of an export.
type sheet interface {
	row(cells []string, rupees float64) error
	close() error
}

func (in *Inbox) exportCSV(w http.ResponseWriter, r *http.Request, v visit) error {
	return in.export(w, r, v, "csv", "text/csv; charset=utf-8", func(out io.Writer) (sheet, error) {
		if _, err := io.WriteString(out, "\ufeff"); err != nil { // by which Excel knows that it is UTF-8
			return nil, cutOff(fmt.Errorf("export: %w", err))
		}
		return &csvSheet{csv.NewWriter(out)}, nil
	})
}

func (in *Inbox) exportXLSX(w http.ResponseWriter, r *http.Request, v visit) error {
	const kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	return in.export(w, r, v, "xlsx", kind, newXLSX)
}

// export writes the cases that the filter of the address chooses, all of them.
func (in *Inbox) export(w http.ResponseWriter, r *http.Request, v visit, ending, kind string, open func(io.Writer) (sheet, error)) error {
	filter, wrong := in.caseFilter(r.URL.Query())
	if wrong != "" {
		return errBadRequest
	}
	now := in.clock.Now()
	entry := bot.AuditEntry{At: now, Officer: v.officer.ID, Action: auditExport, Detail: "cases " + ending}
	if err := in.store.Audit(r.Context(), entry); err != nil {
		return fmt.Errorf("write the audit: %w", err)
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="cases-%s.%s"`, now.In(locales.IST).Format(dateForm), ending))
	out, err := open(w)
	if err != nil {
		return err
	}
	if err := in.exportRows(r.Context(), v, filter, out); err != nil {
		return cutOff(fmt.Errorf("export: %w", err))
	}
	if err := out.close(); err != nil {
		return cutOff(fmt.Errorf("export: %w", err))
	}
	return nil
}

// cutOff ends an answer that has begun and cannot be finished, so that the
// browser does not take it for whole.
func cutOff(err error) error { return &broken{err} }

// broken is an error of an answer that is on its way.
type broken struct{ error }

func (b *broken) Unwrap() error { return b.error }

func (in *Inbox) exportRows(ctx context.Context, v visit, filter bot.CaseFilter, out sheet) error {
	words := in.views.words[v.lang]
	var head []string
	for _, key := range exportColumns {
		head = append(head, words.name("column", key))
	}
	if err := out.row(head, 0); err != nil {
		return err
	}
	filter.Limit = exportPage
	for {
		cases, err := in.store.Cases(ctx, filter)
		if err != nil {
			return err
		}
		for _, c := range cases {
			if err := out.row(in.exportRow(v, words, c), float64(c.Lost())/100); err != nil {
				return err
			}
			filter.Before = c.ID
		}
		if len(cases) < exportPage {
			return nil
		}
	}
}

func (in *Inbox) exportRow(v visit, words words, c bot.Case) []string {
	var utrs, banks, suspects []string
	for _, leg := range c.Legs {
		utrs, banks = append(utrs, plain(leg.UTR)), append(banks, plain(leg.Bank))
	}
	for _, s := range c.Suspects {
		suspects = append(suspects, words.name("suspect", plain(s.Type))+": "+plain(s.Value))
	}
	kind, loss := "", words.name("column", "no")
	if c.Kind != "" {
		kind = in.kind(v.lang, c.Kind)
	}
	if c.MoneyGone {
		loss = words.name("column", "yes")
	}
	return []string{
		c.Number, words.name("case", c.State), kind, loss, "", fmt.Sprint(len(c.Legs)), joined(utrs), joined(banks),
		plain(c.Reporter.Name), c.Reporter.Phone, plain(c.Victim.Name), c.Victim.Phone,
		in.thanaName(v.lang, c.Thana), joined(suspects), exportTime(c.Opened), exportTime(c.Filed),
	}
}

// joined puts what is known of several into one cell.
func joined(all []string) string {
	var known []string
	for _, one := range all {
		if one != "" {
			known = append(known, one)
		}
	}
	return strings.Join(known, "; ")
}

func exportTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(locales.IST).Format("2006-01-02 15:04")
}

type csvSheet struct{ out *csv.Writer }

func (s *csvSheet) row(cells []string, rupees float64) error {
	guarded := make([]string, len(cells))
	for i, cell := range cells {
		guarded[i] = guardFormula(cell)
	}
	if rupees != 0 {
		guarded[amountColumn] = fmt.Sprintf("%.2f", rupees)
	}
	return s.out.Write(guarded)
}

func (s *csvSheet) close() error {
	s.out.Flush()
	return s.out.Error()
}

// guardFormula puts an apostrophe before what a spreadsheet would take for a
// formula and run.
func guardFormula(cell string) string {
	if start := strings.TrimLeft(cell, " \u00a0"); start != "" && strings.ContainsRune("=+-@\t\r\n|＝＋－＠", []rune(start)[0]) {
		return "'" + cell
	}
	return cell
}

// An xlsxSheet writes cells as text, which no spreadsheet runs.
type xlsxSheet struct {
	out  io.Writer
	file *excelize.File
	rows *excelize.StreamWriter
	n    int
}

const sheetName = "Cases"

func newXLSX(out io.Writer) (sheet, error) {
	file := excelize.NewFile()
	if err := file.SetSheetName("Sheet1", sheetName); err != nil {
		return nil, fmt.Errorf("make a workbook: %w", err)
	}
	rows, err := file.NewStreamWriter(sheetName)
	if err != nil {
		return nil, fmt.Errorf("make a workbook: %w", err)
	}
	if err := rows.SetColWidth(1, len(exportColumns), 18); err != nil {
		return nil, fmt.Errorf("make a workbook: %w", err)
	}
	return &xlsxSheet{out: out, file: file, rows: rows}, nil
}

func (s *xlsxSheet) row(cells []string, rupees float64) error {
	s.n++
	values := make([]any, len(cells))
	for i, cell := range cells {
		values[i] = shorten(cell, excelize.TotalCellChars-1)
	}
	if rupees != 0 {
		values[amountColumn] = rupees
	}
	at, err := excelize.CoordinatesToCellName(1, s.n)
	if err != nil {
		return err
	}
	return s.rows.SetRow(at, values)
}

func (s *xlsxSheet) close() error {
	if err := s.rows.Flush(); err != nil {
		return err
	}
	if err := s.file.Write(s.out); err != nil {
		return err
	}
	return s.file.Close()
}
