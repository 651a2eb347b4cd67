import NIOCore
import NIOPosix

extension VisavisServer {
    /// How many files the web page has.
    /// - Throws: ``SiteError`` if it is missing.
    public static func pageFileCount() throws(SiteError) -> Int {
        try Site.bundled().count
    }

    /// Tries whether a server could listen there.
    /// - Throws: ``ListenError`` if it could not.
    public static func checkAddress(host: String, port: Int) async throws(ListenError) {
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: host, port: port).get()
            try? await channel.close()
        } catch {
            throw ListenError(error, host: host, port: port)
        }
    }
}
