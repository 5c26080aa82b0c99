package inbox

import (
	"slices"
	"strconv"
)

// smallCount is the least count that everybody may see: of fewer, people could
// be recognised.
const smallCount = 5

// A cell is a count, or that it is hidden.
type cell struct {
	N      int
	Hidden bool
}

// Text is what a table shows.
func (c cell) Text() string {
	if c.Hidden {
		return "<" + strconv.Itoa(smallCount)
	}
	return strconv.Itoa(c.N)
}

// cells are counts; with hide those from one to four are hidden, and if only
// one is, the next smallest goes with it: from a sum the one could be reckoned.
func cells(counts []int, hide bool) []cell {
	found := make([]cell, len(counts))
	hidden, next := 0, -1
	for i, n := range counts {
		found[i] = cell{N: n}
		switch {
		case !hide:
		case n > 0 && n < smallCount:
			found[i].Hidden = true
			hidden++
		case n > 0 && (next < 0 || n < counts[next]):
			next = i
		}
	}
	if hidden == 1 && next >= 0 {
		found[next].Hidden = true
	}
	return found
}

// A chart is drawn by the server as SVG, with a table behind it.
type chart struct {
	Key    string   // of words: chart.KEY_title
	Labels []string // of each place
	Series []series // at most tones
	Sums   []string // rupees of each place; nil if none are reckoned

	Width, Height int
	Plot          box    // where the marks stand
	Marks         []mark // to be drawn
	Ticks         []tick // of the scale
	Names         []tick // of the places
	Across        bool   // the bars lie
	Any           bool   // there is anything
}

// series are the counts of one thing, at each place.
type series struct {
	Name  string
	Cells []cell
}

type box struct{ X, Y, W, H int }

// A mark is a bar; Tone counts from 0, in the order of the series.
type mark struct {
	box
	Tone   int
	Hidden bool
	Label  string // what a pointer is told
}

// A tick is a line of the scale, or a name.
type tick struct {
	X, Y int
	Text string
}

const (
	chartWidth  = 640
	chartHeight = 220
	barHeight   = 26
	marginLeft  = 36
	marginNames = 150 // of bars that lie
	marginRight = 8
	marginTop   = 10
	marginFoot  = 24
	mostNames   = 12 // names that fit under the columns
	scaleSteps  = 4
)

// columns stacks the series upwards at each place.
func (c chart) columns() chart {
	c.Width, c.Height = chartWidth, chartHeight
	c.Plot = box{marginLeft, marginTop, chartWidth - marginLeft - marginRight, chartHeight - marginTop - marginFoot}
	top := c.top()
	for i := range scaleSteps + 1 {
		n := top * i / scaleSteps
		c.Ticks = append(c.Ticks, tick{c.Plot.X, c.Plot.Y + c.Plot.H - c.Plot.H*n/top, strconv.Itoa(n)})
	}
	each := max(1, (len(c.Labels)+mostNames-1)/mostNames)
	for place, label := range c.Labels {
		left, right := c.Plot.X+c.Plot.W*place/len(c.Labels), c.Plot.X+c.Plot.W*(place+1)/len(c.Labels)
		gap := max(1, (right-left)/8)
		if place%each == 0 {
			c.Names = append(c.Names, tick{(left + right) / 2, c.Height - 7, label})
		}
		foot := 0
		for tone, s := range c.Series {
			n := drawn(s.Cells[place])
			low, high := c.Plot.H*foot/top, c.Plot.H*(foot+n)/top
			foot += n
			c.mark(tone, s, place, box{left + gap, c.Plot.Y + c.Plot.H - high, max(1, right-left-2*gap), high - low})
		}
	}
	return c
}

// bars lays the series side by side, a place a line.
func (c chart) bars() chart {
	c.Across = true
	c.Width, c.Height = chartWidth, marginTop+marginFoot+barHeight*max(1, len(c.Labels))
	c.Plot = box{marginNames, marginTop, chartWidth - marginNames - marginRight, barHeight * max(1, len(c.Labels))}
	top := c.top()
	for i := range scaleSteps + 1 {
		n := top * i / scaleSteps
		c.Ticks = append(c.Ticks, tick{c.Plot.X + c.Plot.W*n/top, c.Height - 7, strconv.Itoa(n)})
	}
	for place, label := range c.Labels {
		y := c.Plot.Y + barHeight*place
		c.Names = append(c.Names, tick{c.Plot.X - 8, y + barHeight/2, label})
		foot := 0
		for tone, s := range c.Series {
			n := drawn(s.Cells[place])
			left, right := c.Plot.W*foot/top, c.Plot.W*(foot+n)/top
			foot += n
			c.mark(tone, s, place, box{c.Plot.X + left, y + 4, right - left, barHeight - 8})
		}
	}
	return c
}

func (c *chart) mark(tone int, s series, place int, b box) {
	if b.W <= 0 || b.H <= 0 {
		return
	}
	c.Any = true
	one := s.Cells[place]
	c.Marks = append(c.Marks, mark{box: b, Tone: tone, Hidden: one.Hidden, Label: c.Labels[place] + ", " + s.Name + ": " + one.Text()})
}

// drawn is how high a count is drawn; one that is hidden always the same.
func drawn(c cell) int {
	if c.Hidden {
		return smallCount - 1
	}
	return c.N
}

// top is the end of the scale: a round number that divides by the steps.
func (c chart) top() int {
	most := 0
	for place := range c.Labels {
		sum := 0
		for _, s := range c.Series {
			sum += drawn(s.Cells[place])
		}
		most = max(most, sum)
	}
	for size := 1; ; size *= 10 {
		for _, n := range []int{4, 8, 12, 20, 40} {
			if n*size >= most {
				return n * size
			}
		}
	}
}

// Right is where the plot ends at the side.
func (c chart) Right() int { return c.Plot.X + c.Plot.W }

// Bottom is where the plot ends below.
func (c chart) Bottom() int { return c.Plot.Y + c.Plot.H }

// Rows are the table behind the chart: at each place what each series counts.
func (c chart) Rows() [][]string {
	var rows [][]string
	for place, label := range c.Labels {
		empty := true
		row := []string{label}
		for _, s := range c.Series {
			empty = empty && s.Cells[place] == cell{}
			row = append(row, s.Cells[place].Text())
		}
		if c.Sums != nil {
			row = append(row, c.Sums[place])
		}
		if !empty {
			rows = append(rows, row)
		}
	}
	return slices.Clip(rows)
}
