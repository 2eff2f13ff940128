import LinekeeperCore
import LinekeeperRPC
import LinekeeperServices
import Testing

@Suite struct CallerTests {
    private let routes = RouteTable()
    private static let own = WorkspaceID(high: 1, low: 1)
    private static let other = WorkspaceID(high: 1, low: 2)
    private static let unknown = WorkspaceID(high: 1, low: 3)

    init() {
        for (key, id) in [(1, Self.own), (2, Self.other)] as [(Int64, WorkspaceID)] {
            routes.put(
                WorkspaceFacts(
                    key: WorkspaceKey(rawValue: key), id: id, exclusivity: .agent, plan: .standard,
                    featureFlags: []))
        }
    }

    private func outcome(
        of text: String, scope: UInt64
    ) -> Result<WorkspaceKey, DomainError> {
        let identity = Identity(subject: "tok", scope: scope, rights: 4)
        return Result { () throws(DomainError) in
            try Caller.workspace(named: text, for: identity, in: routes)
        }
    }

    private func refusal(of text: String, scope: UInt64) -> DomainError? {
        if case .failure(let error) = outcome(of: text, scope: scope) { error } else { nil }
    }

    @Test(arguments: ["", own.description])
    func `B200 a workspace's token decides the workspace, repeated or not`(_ text: String) throws {
        #expect(try outcome(of: text, scope: 1).get() == WorkspaceKey(rawValue: 1))
    }

    @Test(arguments: [
        other.description, unknown.description, "wsp_", "garbage", " ", "\(own)0",
        own.description.uppercased(), "num_\(own.description.dropFirst(4))",
    ])
    func `B200 for a workspace's token every other workspace is one that does not exist`(
        _ text: String
    ) {
        #expect(refusal(of: text, scope: 1)?.reason == .workspaceNotFound)
        // To the letter: another's workspace cannot be told from none.
        #expect(
            refusal(of: text, scope: 1) == refusal(of: CallerTests.unknown.description, scope: 1))
    }

    @Test func `B200 the token of a workspace that is gone finds none`() {
        #expect(refusal(of: "", scope: 9)?.reason == .workspaceNotFound)
        #expect(refusal(of: CallerTests.own.description, scope: 9)?.reason == .workspaceNotFound)
    }

    @Test func `a platform token names the workspace`() throws {
        for (key, id) in [(1, Self.own), (2, Self.other)] as [(Int64, WorkspaceID)] {
            #expect(
                try outcome(of: id.description, scope: 0).get() == WorkspaceKey(rawValue: key))
        }
    }

    @Test func `a platform token that names no workspace is told to`() {
        let error = refusal(of: "", scope: 0)
        #expect(error?.reason == .invalidArgument)
        #expect(error?.field == "workspace_id")
    }

    @Test(arguments: [unknown.description, "garbage", own.description.uppercased()])
    func `a platform token finds no workspace that is not there`(_ text: String) {
        #expect(refusal(of: text, scope: 0)?.reason == .workspaceNotFound)
    }

    @Test func `a scope that is no key at all is bound to nothing`() {
        #expect(refusal(of: "", scope: .max)?.reason == .workspaceNotFound)
        #expect(Caller.boundWorkspace(of: Identity(subject: "", scope: 0, rights: 1)) == nil)
        #expect(
            Caller.boundWorkspace(of: Identity(subject: "", scope: 5, rights: 1))
                == WorkspaceKey(rawValue: 5))
    }
}
