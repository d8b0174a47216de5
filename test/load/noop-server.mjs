/**
 * The peer of the HTTP bench: a plain Nest controller behind Fastify, with a class-validator class of its own for the
 * same body, that answers at once. It takes nothing of the product, so that it is the same peer for every commit:
 * figures are comparable as long as this file does not change.
 */
import 'reflect-metadata';
import process from 'node:process';
import { Body, Controller, Get, Module, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';

/** Decorators, as a compiler would apply them. */
const property = (type, name, ...decorators) => {
  for (const decorate of decorators.toReversed()) decorate(type.prototype, name);
};

class Subject {}
property(Subject, 'category', IsIn(['patient', 'referral', 'plan', 'session']));
property(Subject, 'id', IsUUID());

class Assignment {}
property(Assignment, 'organizationIds', ArrayNotEmpty(), IsUUID(undefined, { each: true }));
property(Assignment, 'roles', IsOptional(), IsString({ each: true }));

class CreateTask {}
property(CreateTask, 'taskType', IsString(), MaxLength(40));
property(
  CreateTask,
  'subject',
  ValidateNested(),
  Type(() => Subject),
);
property(
  CreateTask,
  'assignment',
  ValidateNested(),
  Type(() => Assignment),
);
property(CreateTask, 'priority', IsIn(['routine', 'urgent', 'asap', 'stat']));

class Tasks {
  create({ subject }) {
    return { id: subject.id, version: 1, position: '1', stage: 'offered', created: true };
  }
}
Reflect.defineMetadata('design:paramtypes', [CreateTask], Tasks.prototype, 'create');
Body()(Tasks.prototype, 'create', 0);
Post()(Tasks.prototype, 'create', Object.getOwnPropertyDescriptor(Tasks.prototype, 'create'));
Controller('api/v1/tasks')(Tasks);

class Health {
  ready() {
    return { status: 'ready' };
  }
}
Get()(Health.prototype, 'ready', Object.getOwnPropertyDescriptor(Health.prototype, 'ready'));
Controller('health/ready')(Health);

class Noop {}
Module({ controllers: [Tasks, Health] })(Noop);

const app = await NestFactory.create(Noop, new FastifyAdapter(), { logger: false });
app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
await app.listen(Number(process.argv[2]), '127.0.0.1');
process.on('SIGTERM', () => {
  void app.close().then(() => process.exit(0));
});
