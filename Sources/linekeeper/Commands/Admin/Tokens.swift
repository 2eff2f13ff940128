import ArgumentParser
import Foundation
import LinekeeperProto

struct Tokens: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Manage tokens. Needs an admin token.",
        subcommands: [List.self, Issue.self, Revoke.self], defaultSubcommand: List.self)

    struct Issue: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token. Its secret is shown this once.",
            discussion: "The secret goes to standard output and the rest to standard error: "
                + "TOKEN=$(linekeeper tokens issue --role manager)")

        @Option(help: "\(choices(Proto.Role.self))", transform: enumArgument)
        var role: Proto.Role
        @Flag(help: "For every workspace. (Roles runtime and admin.)")
        var allWorkspaces = false
        @Option(help: "What it is for.")
        var label = ""
        @Option(
            help: ArgumentHelp(
                "When it ends: 30d, or a time. (default: never)",
                valueName: "time"))
        var expires: String?
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            var request = Proto.IssueTokenRequest.with {
                $0.role = role
                $0.label = label
            }
            if let expires {
                request.expiresAt = try TimeArgument.time(
                    expires, now: Date(), timeZone: .current, sign: 1)
            }
            // An admin is one everywhere.
            if allWorkspaces || role == .admin {
                request.scope = .allWorkspaces(true)
            } else {
                request.scope = .workspaceID(try await session.workspaceID())
            }
            let response = try await session.change(
                request, "/linekeeper.v1.AdminService/IssueToken", Proto.IssueTokenResponse.self,
                doubt: .look("linekeeper tokens"))
            try session.show(response) { response in
                let token = response.token ?? Proto.Token()
                session.output.note(
                    "Token \(token.tokenID), role \(token.role.shown). The secret is not shown "
                        + "again:", .faint)
                session.output.line(SafeText.shown(response.secret))
            }
        }
    }

    struct List: SessionCommand {
        static let configuration = CommandConfiguration(abstract: "List the tokens.")

        @Flag(help: "Also those that were revoked.")
        var revoked = false
        @OptionGroup var list: ListOptions
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            // Without a workspace named: of every one.
            let workspaceID = session.workspace == nil ? "" : try await session.workspaceID()
            let found = try await session.pages(list.countMax) { page throws(CLIError) in
                try await session.read(
                    Proto.ListTokensRequest.with {
                        $0.workspaceID = workspaceID
                        $0.includeRevoked = revoked
                        $0.page = page
                    }, "/linekeeper.v1.AdminService/ListTokens", Proto.ListTokensResponse.self)
            } next: {
                $0.nextPageToken
            } merge: {
                $0.tokens += $1.tokens
                $0.nextPageToken = $1.nextPageToken
            }
            try session.show(found) { found in
                guard !found.tokens.isEmpty else {
                    session.output.note("No tokens.")
                    return
                }
                session.output.table(TokenView.table(found.tokens, session.output.times))
            }
            session.noteRest(found.nextPageToken)
        }
    }

    struct Revoke: SessionCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token worthless, within a second.")

        @Argument(help: "The token's id (tok_...), not its secret.")
        var id: String
        @OptionGroup var global: GlobalOptions

        func run(_ session: Session) async throws(CLIError) {
            try session.question.confirm("Revoke the token \(id)? It cannot be brought back.")
            let response = try await session.change(
                Proto.RevokeTokenRequest.with { $0.tokenID = id },
                "/linekeeper.v1.AdminService/RevokeToken", Proto.RevokeTokenResponse.self)
            try session.show(response) {
                session.output.line(
                    "The token \(SafeText.shown($0.token?.tokenID ?? id)) is revoked.")
            }
        }
    }
}

enum TokenView {
    static func table(_ tokens: [Proto.Token], _ times: TimeText) -> Table {
        var table = Table([
            .init("id", widthMin: 10), .init("role", widthMin: 7), .init("workspace"),
            .init("label"), .init("ends in"), .init("since"), .init("until"),
        ])
        for token in tokens {
            let until: Table.Cell =
                token.revokedAt == nil
                ? .init(times.text(token.expiresAt))
                : .init("revoked \(times.text(token.revokedAt))", .bad)
            table.add([
                .init(token.tokenID), .init(token.role.shown),
                token.workspaceID.isEmpty ? .init("every", .faint) : .init(token.workspaceID),
                .init(token.label), .init("...\(token.hint)", .faint),
                .init(times.text(token.createdAt), .faint), until,
            ])
        }
        return table
    }
}
