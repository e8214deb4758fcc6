package io.carillon.app;

import io.carillon.api.ApiSettings;
import io.carillon.api.job.DefinitionJson;
import io.carillon.engine.DefinitionCodec;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the API needs to know of the configuration. */
@Singleton
class ApiWiring {

  @Produces
  @Singleton
  DefinitionCodec definitionCodec() {
    return new DefinitionJson();
  }

  @Produces
  @Singleton
  ApiSettings apiSettings(CarillonConfig config) {
    return new ApiSettings(config.minInterval());
  }
}
