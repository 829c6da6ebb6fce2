// Package print holds the pages meant for paper.
package print

import "reliefportal/templates/kit"

// ReceiptView is the receipt on A4.
type ReceiptView struct{ Receipt kit.Receipt }
