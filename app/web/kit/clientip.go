package kit

import (
	"net"
	"net/netip"

	"github.com/labstack/echo/v4"
)

// clientAddress returns how the visitor's address is found. Without trusted proxies it is the peer of the connection, whatever headers
// say; with them X-Forwarded-For is read from the right and only as far as it was written by one of them.
func clientAddress(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range trusted {
		p = p.Masked()
		options = append(options, echo.TrustIPRange(&net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}
