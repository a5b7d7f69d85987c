namespace StackHub.Privacy.Evidence;

/// <summary>What this part of the hub notes; whoever handles requests has kinds of its own beside these.</summary>
public static class EvidenceKinds
{
    public const string PackageBuilt = "package-built";
    public const string PackageRead = "package-read";
    public const string KeyDestroyed = "key-destroyed";
    public const string EvidencePurged = "evidence-purged";
    public const string ReceiptSigned = "receipt-signed";
}
