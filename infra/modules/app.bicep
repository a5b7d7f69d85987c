// The function app: Flex Consumption, runtime custom 1.0 (src/StackHub.Functions as a custom handler).
param name string
param location string
param tags object
param identityName string
param storageName string
param packageContainer string
param vaultName string
param insightsName string
param subnetId string
param maximumInstances int
param alwaysReadyForHttp int
param otlpEndpoint string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: identityName
}

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

// The names are CloudSettings.cs's; a test compares them. The runtime is not set here: Flex refuses FUNCTIONS_WORKER_RUNTIME.
var settings = [
  { name: 'AzureWebJobsStorage__blobServiceUri', value: storage.properties.primaryEndpoints.blob }
  { name: 'AzureWebJobsStorage__queueServiceUri', value: storage.properties.primaryEndpoints.queue }
  { name: 'AzureWebJobsStorage__tableServiceUri', value: storage.properties.primaryEndpoints.table }
  { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
  { name: 'AzureWebJobsStorage__clientId', value: identity.properties.clientId }
  { name: 'AzureWebJobsDisableHomepage', value: 'true' }
  { name: 'STACKHUB_STORAGE__tableServiceUri', value: storage.properties.primaryEndpoints.table }
  { name: 'STACKHUB_STORAGE__queueServiceUri', value: storage.properties.primaryEndpoints.queue }
  { name: 'STACKHUB_STORAGE__blobServiceUri', value: storage.properties.primaryEndpoints.blob }
  { name: 'STACKHUB_STORAGE__credential', value: 'managedidentity' }
  { name: 'STACKHUB_STORAGE__clientId', value: identity.properties.clientId }
  { name: 'STACKHUB_CONFIG', value: 'stackhub.yaml' }
  { name: 'STACKHUB_KEYVAULT', value: vault.properties.vaultUri }
  { name: 'STACKHUB_KEY', value: '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/stackhub-key)' }
  { name: 'AZURE_CLIENT_ID', value: identity.properties.clientId }
  { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insights.properties.ConnectionString }
  { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'ClientId=${identity.properties.clientId};Authorization=AAD' }
]

var telemetry = empty(otlpEndpoint) ? [] : [
  { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: otlpEndpoint }
]

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'hub' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstances
        instanceMemoryMB: 2048
        alwaysReady: alwaysReadyForHttp > 0 ? [ { name: 'http', instanceCount: alwaysReadyForHttp } ] : []
      }
      runtime: { name: 'custom', version: '1.0' }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
      appSettings: concat(settings, telemetry)
    }
  }
}

// Publishing is by identity only.
resource noBasicPublishing 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = [for each in [ 'scm', 'ftp' ]: {
  parent: app
  name: each
  properties: { allow: false }
}]

output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
