package integrity

import (
	"context"
	"strconv"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/calendar"
	"reliefportal/app/filing"
)

// atMost is how many findings of one checker are kept: where there are more, the first ones tell enough.
const atMost = 200

// Ages (PROJECT) after which something that waits is found.
const (
	unservedAfter = 10 * 24 * time.Hour // a decision that was not served; three working days are its time
	handoverAfter = 2 * 24 * time.Hour  // an answer to an offer, or a body to be named, past its last day
	lostMessages  = 200
)

// Checkers are all there are, in the order of the page.
var Checkers = []Checker{
	{"no_owner", "checks.no_owner", "checks.no_owner_what", query(`SELECT f.id AS subject, f.status AS detail FROM filing f LEFT JOIN body b ON b.id = f.owner_body_id
		WHERE f.status NOT IN ('draft','closed') AND b.id IS NULL`)},
	{"closed_owner", "checks.closed_owner", "checks.closed_owner_what", closedOwner},
	{"no_clock", "checks.no_clock", "checks.no_clock_what", query(`SELECT f.id AS subject, f.status AS detail FROM filing f LEFT JOIN clock c ON c.id = f.next_clock_id
		WHERE f.status NOT IN ('draft','closed') AND (c.id IS NULL OR c.filing_id <> f.id OR f.next_due_at IS NULL OR c.state NOT IN ('running','missed')
		OR (c.state = 'missed' AND f.overdue = FALSE) OR f.next_action IS NULL)`)},
	{"two_clocks", "checks.two_clocks", "checks.two_clocks_what", query(`SELECT c.filing_id AS subject, COUNT(*) AS detail FROM clock c JOIN filing f ON f.id = c.filing_id
		WHERE c.state = 'running' AND c.who = 'body' AND f.next_due_at IS NOT NULL GROUP BY c.filing_id HAVING COUNT(*) > 1`)},
	{"clock_closed", "checks.clock_closed", "checks.clock_closed_what", query(`SELECT c.filing_id AS subject, c.rule AS detail FROM clock c JOIN filing f ON f.id = c.filing_id
		WHERE c.state = 'running' AND c.who = 'body' AND f.status = 'closed'`)},
	{"clock_late", "checks.clock_late", "checks.clock_late_what", clockLate},
	{"no_source", "checks.no_source", "checks.no_source_what", noSource},
	{"forbidden", "checks.forbidden", "checks.forbidden_what", query(`SELECT f.id AS subject, 'took_part' AS detail FROM filing f JOIN measure_participant m ON m.case_number = f.case_number AND m.person_id = f.reviewer_id
		WHERE f.next_due_at IS NOT NULL AND f.owner_division <> 'implementing'
		UNION SELECT f.id, 'decided_before' FROM filing f JOIN filing b ON b.id = f.parent_id WHERE f.next_due_at IS NOT NULL AND f.reviewer_id IS NOT NULL AND f.owner_division <> 'implementing'
			AND (b.reviewer_id = f.reviewer_id OR EXISTS (SELECT 1 FROM decision d WHERE d.filing_id = b.id AND d.decided_by = f.reviewer_id))
		UNION SELECT f.id, 'assisted' FROM filing f JOIN assist_session a ON a.filing_id = f.id AND a.staff_id = f.reviewer_id WHERE f.next_due_at IS NOT NULL
		UNION SELECT f.id, e.kind FROM filing f JOIN review_exclusion e ON e.filing_id = f.id AND e.person_id = f.reviewer_id WHERE f.next_due_at IS NOT NULL`)},
	{"unserved", "checks.unserved", "checks.unserved_what", since(unservedAfter, `SELECT id AS subject, '' AS detail FROM filing WHERE status = 'decided' AND decided_at < ?`)},
	{"handover", "checks.handover", "checks.handover_what", since(handoverAfter, `SELECT filing_id AS subject, 'offer' AS detail FROM transfer_offer WHERE state = 'open' AND due_at < ?
		UNION SELECT filing_id, 'question' FROM transfer_appointment WHERE state = 'open' AND due_at < ?`)},
	{"no_receipt", "checks.no_receipt", "checks.no_receipt_what", query(`SELECT f.id AS subject, f.status AS detail FROM filing f LEFT JOIN submission s ON s.filing_id = f.id
		WHERE f.submitted_at IS NOT NULL AND (f.ref IS NULL OR s.filing_id IS NULL)
		UNION SELECT s.filing_id, 'submission' FROM submission s LEFT JOIN filing f ON f.id = s.filing_id WHERE f.ref IS NULL`)},
	{"undelivered", "checks.undelivered", "checks.undelivered_what", undelivered},
	{"stuck_job", "checks.stuck_job", "checks.stuck_job_what", stuckJobs},
	{"file_gone", "checks.file_gone", "checks.file_gone_what", func(ctx context.Context, s *Service) ([]Found, error) {
		missing, _, err := s.Files.Stray(ctx)
		return subjects(missing), err
	}},
	{"file_orphan", "checks.file_orphan", "checks.file_orphan_what", func(ctx context.Context, s *Service) ([]Found, error) {
		_, orphans, err := s.Files.Stray(ctx)
		return subjects(orphans), err
	}},
	{"audit", "checks.audit", "checks.audit_what", func(ctx context.Context, s *Service) ([]Found, error) {
		report, err := s.Record.VerifyAll(ctx)
		return subjects(report.Problems), err
	}},
}

func subjects(ids []string) []Found {
	var out []Found
	for _, id := range ids {
		out = append(out, Found{Subject: id})
	}
	return out
}

// query is a checker that is one query with the columns subject and detail.
func query(sql string) func(context.Context, *Service) ([]Found, error) {
	return func(ctx context.Context, s *Service) ([]Found, error) { return find(s.DB.Read(ctx), sql) }
}

// since is query with the instant of some time ago for each of its question marks.
func since(age time.Duration, sql string) func(context.Context, *Service) ([]Found, error) {
	return func(ctx context.Context, s *Service) ([]Found, error) {
		before := s.Clock.Now().Add(-age)
		args := []any{before}
		for i, n := 0, 0; i < len(sql); i++ {
			if sql[i] == '?' {
				if n++; n > 1 {
					args = append(args, before)
				}
			}
		}
		return find(s.DB.Read(ctx), sql, args...)
	}
}

func find(db *gorm.DB, sql string, args ...any) ([]Found, error) {
	var out []Found
	err := db.Raw("SELECT subject, CAST(detail AS TEXT) AS detail FROM ("+sql+") found ORDER BY subject LIMIT "+strconv.Itoa(atMost), args...).Scan(&out).Error
	return out, err
}

func closedOwner(ctx context.Context, s *Service) ([]Found, error) {
	closed := s.Closed(ctx, calendar.Today(s.Clock))
	if len(closed) == 0 {
		return nil, nil
	}
	return find(s.DB.Read(ctx), "SELECT id AS subject, owner_body_id AS detail FROM filing WHERE next_due_at IS NOT NULL AND owner_body_id IN ?", closed)
}

// clockLate finds clocks that ran out an hour ago and still run: nobody looks at the clocks.
func clockLate(ctx context.Context, s *Service) ([]Found, error) {
	return find(s.DB.Read(ctx), "SELECT filing_id AS subject, rule AS detail FROM clock WHERE state = 'running' AND due_at < ?", s.Clock.Now().Add(-time.Hour))
}

// noSource finds running clocks whose rule the pack of the filing does not know, or knows without a source.
func noSource(ctx context.Context, s *Service) ([]Found, error) {
	var rows []struct{ PackHash, Rule string }
	db := s.DB.Read(ctx)
	err := db.Table("clock").Joins("JOIN filing ON filing.id = clock.filing_id").Where("clock.state = ?", filing.Running).
		Distinct("filing.pack_hash", "clock.rule").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	var out []Found
	for _, r := range rows {
		if p, ok := s.Packs.ByHash(r.PackHash); ok {
			if rule, ok := p.Clock(r.Rule); ok && rule.Cite.Source != "" {
				continue
			}
		}
		found, err := find(db, "SELECT c.filing_id AS subject, c.rule AS detail FROM clock c JOIN filing f ON f.id = c.filing_id WHERE c.state = 'running' AND f.pack_hash = ? AND c.rule = ?", r.PackHash, r.Rule)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

func undelivered(ctx context.Context, s *Service) ([]Found, error) {
	all, err := s.Notices.Undelivered(ctx, lostMessages)
	var out []Found
	for _, n := range all {
		out = append(out, Found{Subject: n.ID, Detail: n.Kind})
	}
	return out, err
}

func stuckJobs(ctx context.Context, s *Service) ([]Found, error) {
	all, err := s.Jobs().Stuck(ctx)
	var out []Found
	for _, j := range all {
		out = append(out, Found{Subject: strconv.FormatInt(j.ID, 10), Detail: j.Kind + " " + strconv.Itoa(j.Tries)})
	}
	return out, err
}
