/// The limits of every exchange over libcurl.
package struct CurlSettings: Sendable {
    /// From the look-up of the name to the end of the TLS handshake.
    package var connectTimeout: Duration = .seconds(5)
    /// For the whole exchange.
    package var totalTimeout: Duration = .seconds(30)
    /// An exchange is given up when fewer bytes than this pass in a second, …
    package var slowBytesPerSecond = 100
    /// … for this long.
    package var slowSeconds = 10
    /// The largest body of an answer.
    package var bodyMax = 1 << 20
    /// All header lines of an answer together, in bytes.
    package var headerMax = 64 << 10
    /// Exchanges under way at a time, in all; more are refused.
    package var exchangesMax = 512
    /// A file with the only certificate authorities to be trusted; `nil`: those of the system.
    package var authorityFile: String?
    /// The URL of the proxy that all exchanges go through; `nil`: none, whatever the environment says.
    package var proxy: String?

    package init() {}
}
