package i18n

import (
	"fmt"
	"strings"
	"time"

	"reliefportal/app/calendar"
)

var (
	weekdaysZh = [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}
	holidays   = map[string]string{
		"元旦": "New Year", "春节": "Spring Festival", "清明节": "Qingming", "劳动节": "Labour Day", "端午节": "Dragon Boat Festival",
		"中秋节": "Mid-Autumn Festival", "国庆节": "National Day",
	}
)

// Date is the full form: 2026年10月8日（周四）, Thursday 8 October 2026.
func Date(lang string, d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.Parts()
	if lang == English {
		return fmt.Sprintf("%s %d %s %d", d.Weekday(), day, m, y)
	}
	return fmt.Sprintf("%d年%d月%d日（%s）", y, m, day, weekdaysZh[d.Weekday()])
}

// DateDay is the form for a page that has named the year: 10月8日（周四）, Thursday 8 October.
func DateDay(lang string, d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	_, m, day := d.Parts()
	if lang == English {
		return fmt.Sprintf("%s %d %s", d.Weekday(), day, m)
	}
	return fmt.Sprintf("%d月%d日（%s）", m, day, weekdaysZh[d.Weekday()])
}

// DateShort is the form for tables: 10月8日 周四, Thu 8 Oct.
func DateShort(lang string, d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	_, m, day := d.Parts()
	if lang == English {
		return fmt.Sprintf("%s %d %s", d.Weekday().String()[:3], day, m.String()[:3])
	}
	return fmt.Sprintf("%d月%d日 %s", m, day, weekdaysZh[d.Weekday()])
}

// DayMonth is a date without weekday, for tags and the ends of a rail: 10月8日, 8 October.
func DayMonth(lang string, d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	_, m, day := d.Parts()
	if lang == English {
		return fmt.Sprintf("%d %s", day, m)
	}
	return fmt.Sprintf("%d月%d日", m, day)
}

// Span is two dates with the word between them: 10月8日至10月12日, 8 to 12 October 2026.
func Span(lang string, from, to calendar.Date) string {
	if from == to {
		return DayMonth(lang, from)
	}
	if lang != English {
		return DayMonth(lang, from) + "至" + DayMonth(lang, to)
	}
	fy, fm, fd := from.Parts()
	ty, tm, _ := to.Parts()
	end := fmt.Sprintf("%s %d", DayMonth(lang, to), ty)
	switch {
	case fy != ty:
		return fmt.Sprintf("%s %d to %s", DayMonth(lang, from), fy, end)
	case fm != tm:
		return DayMonth(lang, from) + " to " + end
	}
	return fmt.Sprintf("%d to %s", fd, end)
}

// Months names the months a drawn calendar covers: 2026年9月至10月, September to October 2026.
func Months(lang string, from, to calendar.Date) string {
	fy, fm, _ := from.Parts()
	ty, tm, _ := to.Parts()
	if lang == English {
		switch {
		case fy != ty:
			return fmt.Sprintf("%s %d to %s %d", fm, fy, tm, ty)
		case fm != tm:
			return fmt.Sprintf("%s to %s %d", fm, tm, ty)
		}
		return fmt.Sprintf("%s %d", tm, ty)
	}
	switch {
	case fy != ty:
		return fmt.Sprintf("%d年%d月至%d年%d月", fy, fm, ty, tm)
	case fm != tm:
		return fmt.Sprintf("%d年%d月至%d月", fy, fm, tm)
	}
	return fmt.Sprintf("%d年%d月", ty, tm)
}

// Time is the time of day in Beijing: 14:06.
func Time(t time.Time) string { return t.In(calendar.Zone).Format("15:04") }

// DateTime is the day and the time in Beijing: 2026年9月28日（周一）14:06, Monday 28 September 2026, 14:06.
func DateTime(lang string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	between := ""
	if lang == English {
		between = ", "
	}
	return Date(lang, calendar.DateOf(t)) + between + Time(t)
}

// DateTimeDay is DateTime without the year, for a page that has named it.
func DateTimeDay(lang string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	between := ""
	if lang == English {
		between = ", "
	}
	return DateDay(lang, calendar.DateOf(t)) + between + Time(t)
}

// Left words the days to a last day that still counts: 还有 6 天, 明天, 今天, 已过 2 天.
func Left(lang string, days int) string {
	switch {
	case days == 0:
		return T(lang, "left.today")
	case days == 1:
		return T(lang, "left.tomorrow")
	case days < 0:
		return T(lang, "left.past", "N", -days)
	}
	return T(lang, "left.days", "N", days)
}

// Period words a length: 10 天, 5 个工作日, 6 个月, 1 年.
func Period(lang string, p calendar.Period) string {
	switch p.Unit {
	case calendar.WorkDay:
		return T(lang, "period.workdays", "N", p.N)
	case calendar.Month:
		return T(lang, "period.months", "N", p.N)
	case calendar.Year:
		return T(lang, "period.years", "N", p.N)
	}
	return T(lang, "period.days", "N", p.N)
}

// Holiday names a holiday as the official calendar does, or in English. Joined holidays are told one by one.
func Holiday(lang, name string) string {
	if lang != English {
		return name
	}
	parts := strings.Split(name, "、")
	for i, p := range parts {
		if en, ok := holidays[p]; ok {
			parts[i] = en
		}
	}
	return strings.Join(parts, " and ")
}

// Money words integer fen: ¥12,300.00. A negative sum carries its sign before the yuan sign.
func Money(fen int64) string {
	sign := ""
	if fen < 0 {
		sign, fen = "-", -fen
	}
	yuan := fmt.Sprint(fen / 100)
	for i := len(yuan) - 3; i > 0; i -= 3 {
		yuan = yuan[:i] + "," + yuan[i:]
	}
	return fmt.Sprintf("%s¥%s.%02d", sign, yuan, fen%100)
}

// Size words a number of bytes: 96 KB, 1.2 MB.
func Size(bytes int64) string {
	const kb, mb = 1024, 1024 * 1024
	switch {
	case bytes >= mb:
		return fmt.Sprintf("%d.%d MB", bytes/mb, bytes%mb*10/mb)
	case bytes >= kb:
		return fmt.Sprintf("%d KB", bytes/kb)
	}
	return fmt.Sprintf("%d B", bytes)
}

// Hash writes a fingerprint in groups of four.
func Hash(hex string) string {
	var b strings.Builder
	for i := 0; i < len(hex); i += 4 {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(hex[i:min(i+4, len(hex))])
	}
	return b.String()
}
