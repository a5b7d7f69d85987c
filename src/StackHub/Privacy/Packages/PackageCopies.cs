using StackHub.Security;
using StackHub.Suppression;

namespace StackHub.Privacy.Packages;

/// <summary>Packages leave the hub with the person they are of, whether a request's task made them or an officer.</summary>
public sealed class PackageCopies(PackageStore packages, MakePackage maker, PrivacyStore store, HubKeys keys) : ISubjectStore
{
    public string Name => "packages";

    public async Task<int> EraseAsync(ErasedSubject subject, CancellationToken cancellationToken)
    {
        var requests = await store.WithAsync(Aliases(subject).Select(alias => alias.Hash(keys)), cancellationToken);
        foreach (var request in requests)
            await maker.ForgetAsync(request, cancellationToken);
        return await packages.RemoveOfAsync(Aliases(subject).Select(alias => maker.SubjectOf(alias.Text)).Concat(requests.Select(request => request.ToString())).ToHashSet(), cancellationToken);
    }

    private static IEnumerable<Alias> Aliases(ErasedSubject subject) =>
        subject.Keys.Select(key => new Alias(key.Kind, key.Text)).Concat(subject.Records.Select(Alias.Of)).Concat(subject.Links.Select(Alias.Of));
}
