import ArgumentParser

/// What can be asked for by name.
enum Measure: String, CaseIterable, ExpressibleByArgument {
    /// The floor alone; needs no server.
    case floor
    /// RouteInbound against the floor.
    case route
    /// AuthorizeOutbound against RouteInbound.
    case authorize
    /// RouteInbound with few numbers and with all.
    case scale
    /// RouteInbound through TLS and without.
    case tls
    /// Durable UpdateAssignments, and what the disk can do.
    case writes
    /// RouteInbound while others write.
    case mixed
    /// Memory of idle connections, plain and TLS.
    case idle
    /// Time until a server serves.
    case start

    /// What is measured when nothing is named: all but the floor, which the others measure too.
    static var standard: [Measure] { allCases.filter { $0 != .floor } }
}
