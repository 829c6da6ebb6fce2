package kit

import (
	"fmt"
	"net"
	"strings"

	"github.com/labstack/echo/v4"
)

// clientAddress returns how the visitor's address is found. Without trusted proxies it is the peer of the connection, whatever headers
// say; with them X-Forwarded-For is read from the right and only as far as it was written by one of them.
func clientAddress(trusted []string) (echo.IPExtractor, error) {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect(), nil
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, text := range trusted {
		block, err := parseBlock(text)
		if err != nil {
			return nil, err
		}
		options = append(options, echo.TrustIPRange(block))
	}
	return echo.ExtractIPFromXFFHeader(options...), nil
}

// parseBlock reads an address block, or one address as a block of its own.
func parseBlock(text string) (*net.IPNet, error) {
	text = strings.TrimSpace(text)
	if ip := net.ParseIP(text); ip != nil {
		bits := 8 * net.IPv6len
		if ip.To4() != nil {
			bits = 8 * net.IPv4len
		}
		text = fmt.Sprintf("%s/%d", text, bits)
	}
	_, block, err := net.ParseCIDR(text)
	if err != nil {
		return nil, fmt.Errorf("trusted proxy %q is neither an address nor a block: %w", text, err)
	}
	return block, nil
}
