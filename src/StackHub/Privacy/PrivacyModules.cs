using Microsoft.Extensions.DependencyInjection;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Packages;
using StackHub.Privacy.Receipts;
using StackHub.Privacy.SubjectKeys;
using StackHub.Privacy.Upkeep;
using StackHub.Privacy.Verification;
using StackHub.Triggers;

namespace StackHub.Privacy;

/// <summary>What privacy requests are built from; none of it knows a request.</summary>
public static class PrivacyModules
{
    /// <summary>Codes are sent by the <see cref="ICodeSender"/> that is registered beside them.</summary>
    public static IServiceCollection AddPrivacyModules(this IServiceCollection services) => services
        .AddSingleton(LawBook.Default)
        .AddSingleton<EvidenceLedger>()
        .AddSingleton<RequestSecrets>()
        .AddSingleton<EvidencePurge>()
        .AddSingleton<ReceiptSigner>()
        .AddSingleton<SubjectKeyStore>()
        .AddSingleton<PackageStore>()
        .AddSingleton<CodeDelivery>()
        .AddSingleton<IdentityVerification>()
        .AddSingleton<ITimerHandler, PrivacyUpkeepTimer>();
}
