/// The paths of methods, without writing the package each time: `Method.assignment("RouteInbound")`.
package enum Method {
    package static func assignment(_ name: String) -> String {
        "/linekeeper.v1.AssignmentService/" + name
    }

    package static func number(_ name: String) -> String { "/linekeeper.v1.NumberService/" + name }

    package static func carrier(_ name: String) -> String {
        "/linekeeper.v1.CarrierService/" + name
    }

    package static func admin(_ name: String) -> String { "/linekeeper.v1.AdminService/" + name }
}

/// A number of the test's own making: `+1415` and seven digits.
package func e164(_ index: Int) -> String {
    let digits = String(index % 10_000_000)
    return "+1415" + String(repeating: "0", count: 7 - digits.count) + digits
}

/// Asks again and again, for a minute at most.
///
/// - Throws: ``TestFailure`` when the condition does not come true.
package func eventually(
    _ what: String, _ condition: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(60)
    repeat {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    } while clock.now < end
    throw TestFailure("not in time: \(what)")
}
