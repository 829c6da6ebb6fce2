package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"gorm.io/gorm"

	"reliefportal/app/account"
	"reliefportal/app/review"
	"reliefportal/app/seal"
	"reliefportal/app/store"
	"reliefportal/app/store/storetest"
	"reliefportal/app/web/webtest"
)

// look is one thing somebody looks at in a portal that holds a million filings: run does it once, for the i-th time.
type look struct {
	name string
	run  func(ctx context.Context, i int) error
}

// looksAt are what BenchmarkMillion measures. A page that reads across filings has a line here.
func looksAt(b *testing.B, p *webtest.Portal) []look {
	b.Helper()
	return queueLooks(b, p)
}

const (
	looked = 200 // how often each is measured
	warmed = 10  // and how often before, so that statements are prepared and pages are in memory
)

// BenchmarkMillion prints how long each look takes on Postgres, and fails where the plan of one of its queries reads the whole table of filings.
// Run it by `make bench-million`, once: it needs some 3 GB of disk.
func BenchmarkMillion(b *testing.B) {
	address := storetest.PostgresURL(b)
	db, err := store.Open(b.Context(), address, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	p := webtest.Start(b, db)
	begun := time.Now()
	seedMillion(b, p, address)
	b.Logf("seeded in %s", time.Since(begun).Round(time.Second))
	e := newEar(b, db)
	var text strings.Builder
	t := tabwriter.NewWriter(&text, 0, 0, 1, ' ', 0)
	_, _ = fmt.Fprintf(t, "\n| What\t| p50\t| p99\t| Plan\t|\n|--\t|--\t|--\t|--\t|\n")
	for b.Loop() {
		for _, l := range looksAt(b, p) {
			p50, p99 := timesOf(b, l)
			_, _ = fmt.Fprintf(t, "| %s\t| %s\t| %s\t| %s\t|\n", l.name, p50.Round(100*time.Microsecond), p99.Round(100*time.Microsecond), planOf(b, db, e, l))
		}
	}
	_ = t.Flush()
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("%s\nload %s", text.String(), load)
}

// timesOf are the median and the 99th percentile of a look.
func timesOf(b *testing.B, l look) (p50, p99 time.Duration) {
	b.Helper()
	var all []time.Duration
	for i := range warmed + looked {
		begun := time.Now()
		if err := l.run(b.Context(), i); err != nil {
			b.Fatalf("%s: %v", l.name, err)
		}
		if i >= warmed {
			all = append(all, time.Since(begun))
		}
	}
	slices.Sort(all)
	return all[len(all)/2], all[len(all)*99/100]
}

// indexInPlan finds the indexes of filings and of their words in a plan.
var indexInPlan = regexp.MustCompile(`(?:using|Index Scan on) (filing_[a-z_]+)`)

// planOf asks Postgres how it reads for each query of a look, and names the indexes on filings and on their words. A plan that reads the whole table
// of filings fails the benchmark.
func planOf(b *testing.B, db *store.DB, e *ear, l look) string {
	b.Helper()
	var used []string
	for _, q := range e.queriesOf(b, l) {
		plan := explain(b, db, q)
		if strings.Contains(plan, "Seq Scan on filing ") {
			b.Errorf("%s reads every filing:\n%s\n%s", l.name, q.sql, plan)
		}
		for _, found := range indexInPlan.FindAllStringSubmatch(plan, -1) {
			used = append(used, found[1])
		}
	}
	slices.Sort(used)
	return strings.Join(slices.Compact(used), ", ")
}

// statement is one query with its values.
type statement struct {
	sql  string
	vars []any
}

// ear hears the queries of the portal's reading connection while it listens.
type ear struct {
	listens bool
	heard   []statement
}

func newEar(b *testing.B, db *store.DB) *ear {
	b.Helper()
	e := &ear{}
	keep := func(tx *gorm.DB) {
		if e.listens {
			e.heard = append(e.heard, statement{tx.Statement.SQL.String(), slices.Clone(tx.Statement.Vars)})
		}
	}
	calls := db.Read(b.Context()).Callback()
	if err := errors.Join(calls.Query().After("gorm:query").Register("bench:keep", keep), calls.Row().After("gorm:row").Register("bench:keep", keep)); err != nil {
		b.Fatal(err)
	}
	return e
}

// queriesOf are the statements a look sends.
func (e *ear) queriesOf(b *testing.B, l look) []statement {
	b.Helper()
	e.listens, e.heard = true, nil
	defer func() { e.listens = false }()
	if err := l.run(b.Context(), 0); err != nil {
		b.Fatalf("%s: %v", l.name, err)
	}
	return e.heard
}

// explain is the plan of a query.
func explain(b *testing.B, db *store.DB, q statement) string {
	b.Helper()
	rows, err := db.SQL().QueryContext(b.Context(), "EXPLAIN "+q.sql, q.vars...)
	if err != nil {
		b.Fatalf("explain: %v\n%s", err, q.sql)
	}
	defer func() { _ = rows.Close() }()
	var lines []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			b.Fatal(err)
		}
		lines = append(lines, line)
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

// queueLooks are the lists of the desk of a court with 50,000 filings, 20,000 of them open.
func queueLooks(b *testing.B, p *webtest.Portal) []look {
	b.Helper()
	clerk, judge := staffActor(b, p, "nanshan.lian"), staffActor(b, p, "nanshan.shen1")
	list := func(a account.Actor, f review.Filter) func(context.Context, int) error {
		return func(ctx context.Context, i int) error {
			f := f
			f.Text = strings.ReplaceAll(f.Text, "#", fmt.Sprint(inCourt(i)))
			_, _, err := p.Reviews.Queue(ctx, a, f, review.Place{})
			return err
		}
	}
	deep := review.Place{At: p.Clock.Now().Add(19_000 * time.Minute), Rank: 9, ID: "x"}
	return []look{
		{"queue, first page", list(clerk, review.Filter{Tab: review.TabOpen})},
		{"queue, after 19,000 filings", func(ctx context.Context, _ int) error {
			_, _, err := p.Reviews.Queue(ctx, clerk, review.Filter{Tab: review.TabOpen}, deep)
			return err
		}},
		{"tab: to be assigned", list(clerk, review.Filter{Tab: review.TabFree})},
		{"tab: mine", list(judge, review.Filter{Tab: review.TabMine})},
		{"tab: closed", list(clerk, review.Filter{Tab: review.TabDone})},
		{"filter: auction", list(clerk, review.Filter{Tab: review.TabOpen, Urgent: "auction"})},
		{"search: whole case number", list(clerk, review.Filter{Tab: review.TabFound, Text: "（2024）粤0305执#号"})},
		{"search: digits of a case number", list(clerk, review.Filter{Tab: review.TabFound, Text: "#"})},
		{"search: a name", list(clerk, review.Filter{Tab: review.TabFound, Text: "欧阳晓芸"})},
		{"search: words in one of 40", list(clerk, review.Filter{Tab: review.TabFound, Text: "唯一住房"})},
		{"search: words in every other", list(clerk, review.Filter{Tab: review.TabFound, Text: "冻结工资卡"})},
	}
}

// inCourt is the number of a filing of the court that is measured.
func inCourt(i int) int { return (i*977 + 1) * millionOfBody % million }

func staffActor(b *testing.B, p *webtest.Portal, login string) account.Actor {
	b.Helper()
	var id string
	if err := p.DB.Read(b.Context()).Table("staff_login").Where("login = ?", login).Pluck("person_id", &id).Error; err != nil || id == "" {
		b.Fatalf("no login %s: %v", login, err)
	}
	a, err := p.Accounts.ActorOf(b.Context(), id)
	if err != nil {
		b.Fatal(err)
	}
	return a
}

// wordsOfMillion are what the filings say: the first in every other, each of the rest in one of forty.
func wordsOfMillion(box *seal.Box) (common string, rest []string) {
	phrases := []string{"唯一住房被拍卖", "养老金账户", "超标的额查封", "评估价格偏低", "限制高消费令", "失信名单删除", "和解协议已经履行", "抵销主张", "利息计算有误", "执行通知没有送达",
		"案外人租赁合同", "夫妻共同财产", "车辆被扣押", "公积金", "低保金", "医疗费用", "孩子学费", "赡养老人", "股权冻结", "生产工具", "轮候查封", "网络拍卖公告", "起拍价",
		"保证金", "分配方案", "优先受偿", "担保责任", "公司已经注销", "法定代表人变更", "出境限制", "罚款决定", "拘留", "微信零钱", "支付宝余额", "退役金", "残疾辅助器具",
		"宅基地", "装修款", "货款", "借条"}
	for _, s := range phrases {
		rest = append(rest, strings.Join(box.Tokens("queue", s), " "))
	}
	return strings.Join(box.Tokens("queue", "冻结工资卡，没有留出生活必需的费用，请求解除冻结。"), " "), rest
}
