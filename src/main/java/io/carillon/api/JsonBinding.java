package io.carillon.api;

import io.carillon.api.json.BeanConstraints;
import io.carillon.api.json.Binder;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;

/** Makes the binder known to the resources. */
@Singleton
class JsonBinding {

  @Produces
  @Singleton
  Binder binder(Validator validator) {
    return new Binder(new BeanConstraints(validator));
  }
}
