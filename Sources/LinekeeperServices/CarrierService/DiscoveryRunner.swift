public import LinekeeperCore

/// Looks through the carriers of workspaces that have no numbers, once each, in the background.
public struct DiscoveryRunner: Sendable {
    /// A carrier that could not be asked is asked again after this time.
    private static let retrySeconds: Int64 = 60

    private let connections: Connections
    private let context: ServiceContext

    /// A runner over the accounts of connections.
    public init(_ connections: Connections) {
        self.connections = connections
        context = connections.context
    }

    /// Works until the task is cancelled.
    ///
    /// - Parameter report: Told of a store that cannot be used; the work goes on a second later.
    public func run(report: @escaping @Sendable (DomainError) -> Void) async {
        while !Task.isCancelled {
            do throws(DomainError) { try await runDue() } catch { report(error) }
            do { try await Task.sleep(for: .seconds(1)) } catch { return }
        }
    }

    /// Looks into what is due now.
    ///
    /// - Throws: what the store throws.
    package func runDue() async throws(DomainError) {
        let now = context.clock.now
        let due = try await context.store.read { reader throws(DomainError) in
            try reader.discoveriesDue(by: now, limit: 8)
        }
        _ = await due.concurrently(max: 4) { await look(into: $0) }
    }

    private func look(into workspace: WorkspaceKey) async -> Result<Void, DomainError> {
        do throws(DomainError) {
            var count: Int64?
            do throws(DomainError) {
                count = try await importableCount(in: workspace)
            } catch {
                // Not now; asked again later.
            }
            let found = count
            let later = context.clock.now.adding(seconds: Self.retrySeconds)
            let request = MutationRequest(
                workspace: workspace, actor: "linekeeperd", requestID: "discovery",
                at: context.clock.now)
            _ = try await context.store.perform(request) { writer throws(DomainError) in
                if let found {
                    try writer.finishDiscovery(of: workspace, importableCount: found)
                } else {
                    try writer.postponeDiscovery(of: workspace, until: later)
                }
                return []
            }
            return .success(())
        } catch { return .failure(error) }
    }

    /// Numbers of all connected accounts that could be imported. An account whose credentials are no
    /// longer taken has none to offer.
    private func importableCount(in workspace: WorkspaceKey) async throws(DomainError) -> Int64 {
        let records = try await context.store.read { reader throws(DomainError) in
            try reader.connections(of: workspace, page: Page(size: 1_000, after: nil)).rows
        }
        var count: Int64 = 0
        for record in records where record.carrier.canBeListed {
            do throws(DomainError) {
                let opened = try await connections.open(record.id, in: workspace)
                let (numbers, _) = try await connections.asking(opened) {
                    account throws(DomainError) in
                    try await AccountNumbers.all(of: account)
                }
                let obstacles = try await connections.obstacles(of: numbers, for: workspace)
                count += Int64(obstacles.count { $0 == nil })
            } catch {
                switch error.reason {
                case .credentialsRejected, .carrierRefused, .carrierNotSupported,
                    .connectionNotFound, .corruptData:
                    continue
                default: throw error
                }
            }
        }
        return count
    }
}

extension Carrier {
    /// Whether the carrier can be asked for its numbers.
    var canBeListed: Bool { self != .sip }
}
