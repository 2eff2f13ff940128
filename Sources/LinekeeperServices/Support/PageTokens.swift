import Crypto
public import LinekeeperCore
package import LinekeeperProto

/// A request for one page of a list.
package protocol PagedRequest: ProtoMessage {
    /// How much is wanted, and from where.
    var page: Proto.PageRequest? { get set }
}

extension Proto.ListNumbersRequest: PagedRequest {}
extension Proto.ListOrdersRequest: PagedRequest {}
extension Proto.ListCreditEntriesRequest: PagedRequest {}
extension Proto.ListMessagesRequest: PagedRequest {}
extension Proto.ListEventsRequest: PagedRequest {}
extension Proto.ListAgentsRequest: PagedRequest {}
extension Proto.ListAssignableAgentsRequest: PagedRequest {}
extension Proto.ListAssignableNumbersRequest: PagedRequest {}
extension Proto.ListOutboundOptionsRequest: PagedRequest {}
extension Proto.ListConnectionsRequest: PagedRequest {}
extension Proto.ListImportableNumbersRequest: PagedRequest {}
extension Proto.ListWorkspacesRequest: PagedRequest {}
extension Proto.ListTokensRequest: PagedRequest {}
extension Proto.ListPricesRequest: PagedRequest {}

/// Writes and reads page tokens.
///
/// A token holds the sort key of a page's last row under a MAC that also covers the workspace and
/// the rest of the request: it goes on with the list it came from and with no other, and nobody can
/// make one. It outlives a restart, because its key is kept in the store.
public struct PageTokens: Sendable {
    /// Rows of a page when the request leaves it open.
    package static let sizeDefault = 50
    /// Rows of a page at most; more is taken for this.
    package static let sizeMax = 1_000
    /// Bytes of a secret.
    static let secretSize = 32
    private static let secretName = "page_tokens"
    private static let textMax = 4_096

    private let key: SymmetricKey

    /// Tokens under a secret of 32 bytes.
    package init(secret: [UInt8]) { key = SymmetricKey(data: secret) }

    /// Tokens under the store's secret, which is made the first time.
    ///
    /// - Throws: what the store throws.
    public static func load(
        from store: any Store, at now: Timestamp
    ) async throws(DomainError) -> PageTokens {
        let proposal = SymmetricKey(size: .bits256).withUnsafeBytes { unsafe Array($0) }
        let request = MutationRequest(
            workspace: nil, actor: "linekeeperd", requestID: secretName, at: now)
        let secret = try await store.perform(request) { writer throws(DomainError) in
            try writer.serverSecret(secretName, orElse: proposal)
        }
        return PageTokens(secret: secret)
    }

    /// The page that a request asks for.
    ///
    /// - Throws: `invalidPageToken` when its token is forged or comes from another workspace, method
    ///   or filter.
    package func page<Request: PagedRequest>(
        of request: Request, in workspace: WorkspaceKey?
    ) throws(DomainError) -> Page {
        let asked = request.page ?? Proto.PageRequest()
        let size =
            asked.pageSize == 0
            ? PageTokens.sizeDefault
            : Int(min(asked.pageSize, UInt32(PageTokens.sizeMax)))
        guard !asked.pageToken.isEmpty else { return Page(size: size, after: nil) }
        let context = PageTokens.context(of: request, in: workspace)
        guard let position = read(asked.pageToken, context: context) else {
            throw DomainError(
                .invalidPageToken,
                "The page token does not belong to this list: send back next_page_token with the "
                    + "same workspace and filter, or start again without a token.",
                field: "page.page_token")
        }
        return Page(size: size, after: position)
    }

    /// What `next_page_token` says; empty after the last page.
    package func token<Request: PagedRequest>(
        after position: PagePosition?, of request: Request, in workspace: WorkspaceKey?
    ) -> String {
        guard let position else { return "" }
        var bytes = PageTokens.bytes(of: position.rowKey)
        bytes += Array(position.sortValue.utf8)
        let mac = HMAC<SHA256>.authenticationCode(
            for: PageTokens.context(of: request, in: workspace) + bytes, using: key)
        return Hex.text(Array(mac) + bytes)
    }

    private func read(_ text: String, context: [UInt8]) -> PagePosition? {
        guard text.utf8.count <= PageTokens.textMax, let bytes = Hex.bytes(text),
            bytes.count >= SHA256.byteCount + 8
        else { return nil }
        let mac = bytes.prefix(SHA256.byteCount)
        let content = bytes.dropFirst(SHA256.byteCount)
        guard
            HMAC<SHA256>.isValidAuthenticationCode(
                mac, authenticating: context + content, using: key),
            let sortValue = String(validating: content.dropFirst(8), as: UTF8.self)
        else { return nil }
        let rowKey = content.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return PagePosition(sortValue: sortValue, rowKey: Int64(bitPattern: rowKey))
    }

    /// What a token is bound to, of a fixed length so that nothing can shift into the position.
    private static func context<Request: PagedRequest>(
        of request: Request, in workspace: WorkspaceKey?
    ) -> [UInt8] {
        var rest = request
        rest.page = nil
        let digest = SHA256.hash(data: Array(Request.fullName.utf8) + [0] + rest.encoded())
        return bytes(of: workspace?.rawValue ?? 0) + Array(digest)
    }

    private static func bytes(of value: Int64) -> [UInt8] {
        stride(from: 56, through: 0, by: -8).map {
            UInt8(truncatingIfNeeded: value >> Int64($0))
        }
    }
}

/// Bytes as lower-case hexadecimal digits.
enum Hex {
    static func text(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self)
    }

    /// `nil` for anything but an even number of lower-case digits.
    static func bytes(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text.utf8 {
            let digit: UInt8
            switch character {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character &- UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character &- UInt8(ascii: "a") &+ 10
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return high == nil ? bytes : nil
    }
}
