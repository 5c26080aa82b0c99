package talk

// trace follows a step for the explorer. A nil trace follows nothing.
type trace struct {
	question *question               // that stands after the step
	replies  []said                  // in their order
	taken    map[string]questionKind // questions that were answered
	used     map[string]bool         // keys of texts
	flows    []string                // begun in this step
}

// said is a reply and the key of its text.
type said struct{ key, text string }

func (tr *trace) said(key, text string) {
	if tr != nil {
		tr.replies = append(tr.replies, said{key, text})
	}
}

func (tr *trace) asked(q question) {
	if tr != nil {
		tr.question = &q
	}
}

func (tr *trace) answered(q question, _ string) {
	if tr != nil {
		tr.taken[q.key] = q.kind
		tr.question = nil
	}
}

func (tr *trace) begun(flow string) {
	if tr != nil {
		tr.flows = append(tr.flows, flow)
	}
}

func (tr *trace) rendered(key string) {
	if tr != nil {
		tr.used[key] = true
	}
}
