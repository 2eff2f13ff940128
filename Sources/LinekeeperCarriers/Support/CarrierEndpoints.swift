/// Where the carriers' hosts are reached.
public struct CarrierEndpoints: Hashable, Sendable {
    /// Scheme, host and port of the simulator; `nil`: every host is where its name says.
    private let simulator: String?

    /// The carriers themselves, over https.
    public static let live = CarrierEndpoints(simulator: nil)

    /// A simulator that stands for every carrier host and tells them apart by the `Host` header.
    ///
    /// - Parameter url: Scheme, host and port without a path, like `http://127.0.0.1:8089`. Requests
    ///   over plain http to anything but this machine are refused when they are sent.
    public static func simulator(_ url: String) -> CarrierEndpoints {
        var base = url[...]
        while base.last == "/" { base = base.dropLast() }
        return CarrierEndpoints(simulator: String(base))
    }

    private init(simulator: String?) { self.simulator = simulator }

    /// The URL of a path, with its query, at a host; and what to put into the `Host` header, where
    /// the URL does not name the host.
    func locate(host: String, path: String) -> (url: String, hostHeader: String?) {
        guard let simulator else { return ("https://\(host)\(path)", nil) }
        return ("\(simulator)\(path)", host)
    }
}
