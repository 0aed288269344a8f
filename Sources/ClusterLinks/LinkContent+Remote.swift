extension LinkContent {
    /// The other end of the link, seen from the cluster that reports it: as the upstream names it, or, in answers older than
    /// that field, the one of the two ends that the cluster is not.
    package func remoteClusterID(seenFrom cluster: ClusterID) -> String? {
        if let named = namedRemoteClusterID { return named }
        let source = sourceClusterID
        if let source, ClusterID(source) != cluster { return source }
        return destinationClusterID ?? source
    }
}
